import type { ResultAsync } from "neverthrow";
import type { CreditsFailure } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";
import type { Training, TrainingState } from "../trainings/training.ts";

/** What happens to the credits reserved for a training: captured if it yielded a model in time, released otherwise. */
export const creditsOutcome = ({ status }: TrainingState): "capture" | "release" =>
  status === "succeeded" ? "capture" : "release";

/** Captures or releases the credits of a training that has ended. Safe to repeat. */
export const captureOrRelease = (
  { credits }: Pick<Ports, "credits">,
  { id, state }: Training,
): ResultAsync<void, CreditsFailure> => credits[creditsOutcome(state)](id);
