import type { ResultAsync } from "neverthrow";
import type { Training, TrainingState } from "../domain/training.ts";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";

/** What a training comes to for the credits that were reserved for it: it yielded a model in time, or it did not. */
export const settlementOf = ({ status }: TrainingState): "capture" | "release" =>
  status === "succeeded" ? "capture" : "release";

/** Says what a training that has ended came to. Safe to repeat. */
export const settleCredits = (
  { credits }: Pick<Ports, "credits">,
  { id, state }: Training,
): ResultAsync<void, CreditsFailure> => credits[settlementOf(state)](id);
