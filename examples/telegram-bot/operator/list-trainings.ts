import type { Avatar, StorageFailure, Training } from "@likeness/core";
import { ok, safeTry, type ResultAsync } from "neverthrow";
import { databaseProblem, type Answer } from "./answer.ts";
import type { OperatorContext } from "./run-command.ts";

export interface TrainingList {
  /** The newest trainings that ended before a moment. */
  find(
    trainings: OperatorContext["store"]["trainings"],
    moment: string,
    limit: number,
  ): ResultAsync<Training[], StorageFailure>;
  lineOf(training: Training, avatar: Avatar | undefined): string;
  /** The answer when there is none. */
  readonly none: string;
  /** What to do with one of them. */
  readonly hint: string;
}

const most = 100;

/** Prints trainings, one line each, newest first. */
export const listTrainings =
  ({ find, lineOf, none, hint }: TrainingList) =>
  ({ store: { trainings, avatars }, clock }: OperatorContext): Promise<Answer> =>
    safeTry(async function* () {
      const lines: string[] = [];
      for (const training of yield* find(trainings, clock.now(), most))
        lines.push(lineOf(training, yield* avatars.find(training.avatarId)));
      return ok(lines);
    }).match(
      (lines): Answer => ({
        lines: lines.length === 0 ? [none] : [...lines, `${hint} Shown are the newest, ${most} at most.`],
        exitCode: 0,
      }),
      (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
    );
