import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { wordingIn, type ConsentWording } from "./consent-policy.ts";
import type { Consent, ConsentMissing } from "./consent.ts";
import { missing, validConsent } from "./valid-consent.ts";

export interface ViewConsent {
  readonly actor: string;
  /** The person's language, in which they are asked. */
  readonly locale: string;
}

/** Whether an owner has to be asked. */
export type ConsentState =
  /** The host asks; there is nothing to show, give or withdraw. */
  | { readonly type: "elsewhere" }
  /** `wording`: what was agreed to. */
  | { readonly type: "given"; readonly consent: Consent; readonly wording: ConsentWording }
  /**
   * `wording`: what to ask. `consent`: the newest one to another wording, while it is `outdated`; it stands until it is
   * withdrawn.
   */
  | {
      readonly type: "missing";
      readonly because: ConsentMissing["because"];
      readonly consent?: Consent | undefined;
      readonly wording: ConsentWording;
    };

/** Reads whether an owner has consented, and in which words they are to be asked if not. */
export const viewConsent = (
  { store, consent: ask }: Pick<Ports, "store" | "consent">,
  { actor, locale }: ViewConsent,
): ResultAsync<ConsentState, StorageFailure> =>
  safeTry(async function* () {
    if (ask === "elsewhere") return ok<ConsentState>({ type: "elsewhere" });
    const consents = yield* store.consents.listByOwner(actor);
    const consent = await validConsent(ask, consents);
    if (consent) return ok<ConsentState>({ type: "given", consent, wording: await wordingIn(ask, consent.locale) });
    const { because } = missing(consents);
    const outdated = because === "outdated" ? consents[0] : undefined;
    const wording = await wordingIn(ask, locale);
    return ok<ConsentState>({ type: "missing", because, wording, ...withoutUndefined({ consent: outdated }) });
  });
