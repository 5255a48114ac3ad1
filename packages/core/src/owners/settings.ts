import { err, safeTry, type ResultAsync } from "neverthrow";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { progressChoices, type Owner, type OwnerSettings } from "./owner.ts";
import { ownerSeen, type OwnerCommand } from "./sign-of-life.ts";

/** Fields that are absent stay as they are; `null` goes back to what the channel or the host says. */
export interface ChangeSettings {
  readonly actor: string;
  readonly locale?: string | null | undefined;
  /** 1 to 4. */
  readonly picturesPerPress?: number | null | undefined;
  readonly progress?: OwnerSettings["progress"] | null | undefined;
}

/** A setting has a value that it cannot have. */
export interface InvalidSetting {
  readonly type: "invalid-setting";
  readonly setting: keyof OwnerSettings;
}

export type ChangeSettingsError = InvalidSetting | StorageFailure;

/** Reads what a person has chosen. */
export const readSettings = (
  { store }: Pick<Ports, "store">,
  { actor }: OwnerCommand,
): ResultAsync<OwnerSettings, StorageFailure> => store.owners.find(actor).map(settingsOf);

const settingsOf = ({ locale, picturesPerPress, progress }: OwnerSettings = {}): OwnerSettings =>
  withoutUndefined({ locale, picturesPerPress, progress });

/** Changes what a person has chosen. The same change twice is the same as once. */
export function changeSettings(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { actor, ...changes }: ChangeSettings,
): ResultAsync<OwnerSettings, ChangeSettingsError> {
  return safeTry(async function* () {
    const setting = wrongIn(changes);
    if (setting) return err({ type: "invalid-setting", setting } as const);
    return atomically(store, (tx) =>
      ownerSeen(tx, actor, clock.now())
        .andThen((owner) => tx.owners.save(changed(owner, changes)))
        .map(settingsOf),
    );
  });
}

function changed(owner: Owner, changes: Changes): Owner {
  const { locale, picturesPerPress, progress, ...rest } = { ...owner, ...withoutUndefined(changes) };
  const chosen = {
    locale: locale ?? undefined,
    picturesPerPress: picturesPerPress ?? undefined,
    progress: progress ?? undefined,
  };
  return { ...rest, ...withoutUndefined(chosen) };
}

type Changes = Omit<ChangeSettings, "actor">;

/** Sane sizes; that a locale is one of a channel's languages is for the channel to check. */
const checks: { readonly [Setting in keyof OwnerSettings]-?: (value: NonNullable<Changes[Setting]>) => boolean } = {
  locale: (tag) => /^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$/.test(tag),
  picturesPerPress: (count) => Number.isInteger(count) && count >= 1 && count <= 4,
  progress: (choice) => progressChoices.includes(choice),
};

function wrongIn({ locale, picturesPerPress, progress }: Changes): keyof OwnerSettings | undefined {
  if (locale != null && !checks.locale(locale)) return "locale";
  if (picturesPerPress != null && !checks.picturesPerPress(picturesPerPress)) return "picturesPerPress";
  if (progress != null && !checks.progress(progress)) return "progress";
  return undefined;
}
