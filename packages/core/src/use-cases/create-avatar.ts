import { err, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar, AvatarKind, Gender } from "../domain/avatar.ts";
import { parseAvatarName, type InvalidName } from "../domain/avatar-name.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { atomically } from "./atomically.ts";

export interface CreateAvatar {
  readonly actor: string;
  readonly kind: AvatarKind;
  readonly gender: Gender;
  readonly name: string;
}

/** The owner has as many avatars as one owner may have. */
export interface AvatarLimitReached {
  readonly type: "avatar-limit-reached";
  readonly maximum: number;
}

export type CreateAvatarError = InvalidName | AvatarLimitReached | StorageFailure;

/** Begins a new avatar, as a draft without photos. The limit is a guard against abuse; two creates at once may pass it. */
export function createAvatar(
  { store, clock, ids, policy }: Pick<Ports, "store" | "clock" | "ids" | "policy">,
  { actor, kind, gender, name: rawName }: CreateAvatar,
): ResultAsync<Avatar, CreateAvatarError> {
  return safeTry(async function* () {
    const name = yield* parseAvatarName(rawName);
    const now = clock.now();
    const draft: Avatar = {
      id: ids.next(),
      ownerId: actor,
      kind,
      gender,
      name,
      main: false,
      photosTaken: 0,
      state: { status: "draft" },
      createdAt: now,
      updatedAt: now,
      version: 0,
    };
    return atomically(store, (tx) =>
      safeTry(async function* () {
        const owned = yield* tx.avatars.listByOwner(actor);
        const maximum = policy.avatarsPerOwner;
        if (owned.length >= maximum) return err({ type: "avatar-limit-reached", maximum } as const);
        return tx.avatars.save(draft);
      }),
    );
  });
}
