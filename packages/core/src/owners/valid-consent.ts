import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { wordingIn, type ConsentAsk } from "./consent-policy.ts";
import type { Consent, ConsentMissing } from "./consent.ts";

/** Whether a consent is to the wording of today, in the language in which it was given. */
async function isCurrent(ask: ConsentAsk, { version, locale, textHash }: Consent): Promise<boolean> {
  if (version !== ask.version) return false;
  const wording = await wordingIn(ask, locale);
  return wording.locale === locale && wording.textHash === textHash;
}

/** The newest of an owner's consents that holds today. They are given newest first. */
export async function validConsent(ask: ConsentAsk, consents: readonly Consent[]): Promise<Consent | undefined> {
  for (const consent of consents)
    if (consent.withdrawnAt === undefined && (await isCurrent(ask, consent))) return consent;
  return undefined;
}

/** Why none of an owner's consents holds. They are given newest first. */
export function missing([newest]: readonly Consent[]): ConsentMissing {
  const because = !newest ? "never-given" : newest.withdrawnAt === undefined ? "outdated" : "withdrawn";
  return { type: "consent-missing", because };
}

/**
 * Refuses what may not be done without the owner's consent. The consent is held until the transaction ends, so that a
 * withdrawal comes after what was done in it.
 */
export const requireConsent = (
  { consents }: Pick<Repositories, "consents">,
  { consent: ask }: Pick<Ports, "consent">,
  ownerId: string,
): ResultAsync<void, ConsentMissing | StorageFailure> =>
  safeTry(async function* () {
    if (ask === "elsewhere") return ok(undefined);
    if (await validConsent(ask, yield* consents.hold(ownerId))) return ok(undefined);
    return err(missing(yield* consents.listByOwner(ownerId)));
  });
