import { isTraining, type Avatar, type Order, type StorageFailure, type Training } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import { databaseProblem, type Answer } from "./answer.ts";
import type { OperatorContext } from "./run-command.ts";

export interface TrainingList {
  /** The newest orders that ended before a moment. */
  find(orders: OperatorContext["store"]["orders"], moment: string, limit: number): ResultAsync<Order[], StorageFailure>;
  lineOf(training: Training, avatar: Avatar | undefined): string;
  /** The answer when there is none. */
  readonly none: string;
  /** What to do with one of them. */
  readonly hint: string;
}

/** How the commands are called that list trainings. */
export const trainingUsage = "<training id>, or without an id for a list";

const most = 100;

/** Prints trainings, one line each, newest first. */
export const listTrainings =
  ({ find, lineOf, none, hint }: TrainingList) =>
  ({ store: { orders, avatars }, clock }: OperatorContext): Promise<Answer> =>
    safeTry(async function* () {
      const lines: string[] = [];
      for (const training of (yield* find(orders, clock.now(), most)).filter(isTraining))
        lines.push(lineOf(training, yield* avatars.find(training.avatarId)));
      return ok(lines);
    }).match(
      (lines): Answer => ({
        lines: lines.length === 0 ? [none] : [...lines, `${hint} Shown are the newest, ${most} at most.`],
        exitCode: 0,
      }),
      (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
    );
