import { okAsync, type ResultAsync } from "neverthrow";
import type { Training } from "../trainings/training.ts";

/** The owner does not have enough credits. */
export interface CreditsRefused {
  readonly type: "credits-refused";
  readonly detail: string;
}

export interface CreditsFailure {
  readonly type: "credits-failure";
  readonly cause: unknown;
}

/**
 * What a training costs its owner. Every method is keyed by the training's id and safe to repeat: the core may call
 * `capture` and `release` more than once, and `release` without a reservation. If no training with the id is stored
 * within an hour (the process died, or the database's answer was lost), the reservation may be dropped. Released
 * credits are never captured later, even if an operator adopts a late result.
 */
export interface Credits {
  reserve(training: Training): ResultAsync<void, CreditsRefused | CreditsFailure>;
  capture(trainingId: string): ResultAsync<void, CreditsFailure>;
  release(trainingId: string): ResultAsync<void, CreditsFailure>;
}

/** Trainings cost their owners nothing. The default. */
export const freeOfCharge: Credits = {
  reserve: () => okAsync(undefined),
  capture: () => okAsync(undefined),
  release: () => okAsync(undefined),
};
