import { okAsync, type ResultAsync } from "neverthrow";
import type { Training } from "../domain/training.ts";

/** The owner cannot pay. */
export interface CreditsRefused {
  readonly type: "credits-refused";
  readonly detail: string;
}

export interface CreditsFailure {
  readonly type: "credits-failure";
  readonly cause: unknown;
}

/**
 * What a training costs its owner. Every method is keyed by the training's id and safe to repeat; `capture` and `release`
 * may come more than once, and `release` also for a reservation that never was. A reservation whose training never
 * appears (the process died in between, or the database lost its answer) may be dropped after an hour. What was released
 * is not captured any more, even if a late result is adopted.
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
