import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { withoutUndefined } from "../values/without-undefined.ts";
import { wordingIn, type ConsentWording } from "./consent-policy.ts";
import type { Consent } from "./consent.ts";
import { noteSign } from "./sign-of-life.ts";
import { validConsent } from "./valid-consent.ts";

/** What the person was shown and agreed to. */
export interface GiveConsent extends Pick<ConsentWording, "version" | "locale" | "textHash"> {
  readonly actor: string;
  /** The channel's own id of the message with the statements. */
  readonly messageId?: string | undefined;
}

/** The wording is not, or no longer, the one that is asked for: ask again. */
export interface ConsentOutdated {
  readonly type: "consent-outdated";
}

export type GiveConsentError = ConsentOutdated | StorageFailure;

/** Stores that a person agreed to the wording of today. The same consent again, even at once, changes nothing. */
export function giveConsent(
  { store, clock, ids, consent: ask }: Pick<Ports, "store" | "clock" | "ids" | "consent">,
  { actor, version, locale, textHash, messageId }: GiveConsent,
): ResultAsync<Consent, GiveConsentError> {
  return safeTry(async function* () {
    const outdated: ConsentOutdated = { type: "consent-outdated" };
    if (ask === "elsewhere" || version !== ask.version) return err(outdated);
    const wording = await wordingIn(ask, locale);
    if (wording.locale !== locale || wording.textHash !== textHash) return err(outdated);
    return atomically(store, (tx) =>
      safeTry(async function* () {
        yield* noteSign(tx, { clock }, actor);
        const given = await validConsent(ask, yield* tx.consents.hold(actor));
        if (given) return ok(given);
        const consent: Consent = {
          id: ids.next(),
          ownerId: actor,
          version,
          textHash,
          locale,
          givenAt: clock.now(),
          ...withoutUndefined({ messageId }),
        };
        if ((yield* tx.consents.insert(consent)) === "new") return ok(consent);
        return ok((await validConsent(ask, yield* tx.consents.hold(actor))) ?? consent);
      }),
    );
  });
}
