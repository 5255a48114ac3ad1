import type { CreditsFailure, Likeness, Wanted } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import type { Payable } from "../../texts/payable.ts";

/** What orders would cost the person, and what the person can spend; nothing where they cost nothing. */
export const offerFor = (
  { credits }: Pick<Likeness, "credits">,
  { actor, kind, count }: Wanted,
): ResultAsync<Payable, CreditsFailure> =>
  credits.quote({ actor, kind, count }).map((offer) => {
    if (!offer) return {};
    const { price, balance } = offer;
    return { price, ...(balance && { have: balance.balance - balance.held, owed: balance.owed }) };
  });
