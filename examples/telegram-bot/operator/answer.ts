import type { StorageFailure } from "@likeness/core";
import { reasonOf } from "../leave.ts";

/**
 * What a command prints and its exit code: 0 when the wanted state is reached, 2 when it was called wrongly, 3 when the
 * database is of an older version than the command.
 */
export interface Answer {
  /** Errors, unless the exit code is 0. */
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 2 | 3;
}

/** Why a command cannot be run. */
export interface Refusal extends Answer {
  readonly exitCode: 1 | 3;
}

export const refused = (lines: readonly string[]): Refusal => ({ lines, exitCode: 1 });

/** A command must not change tables under a bot that knows only the older ones. */
export const olderDatabase: Refusal = {
  lines: ["the database is of an older version: restart the bot first, which brings it up to date"],
  exitCode: 3,
};

export const misused = (lines: readonly string[]): Answer => ({ lines, exitCode: 2 });

export const noSuchTraining = (trainingId: string): string =>
  `There is no training ${trainingId}. It may have been erased with its avatar.`;

/** After a storage failure it is not known whether anything was written; every command may be repeated. */
export const databaseProblem = ({ cause }: StorageFailure): string =>
  `The database did not do its work: ${reasonOf(cause)}. Try again: doing it twice does no harm.`;
