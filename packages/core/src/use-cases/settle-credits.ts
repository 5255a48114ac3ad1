import type { ResultAsync } from "neverthrow";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";

export interface SettleCredits {
  readonly trainingId: string;
  /** `capture`: it yielded a model. `release`: it did not. */
  readonly outcome: "capture" | "release";
}

/** Says what a training came to for the credits that were reserved for it. Safe to repeat. */
export const settleCredits = (
  { credits }: Pick<Ports, "credits">,
  { trainingId, outcome }: SettleCredits,
): ResultAsync<void, CreditsFailure> => credits[outcome](trainingId);
