import type { StorageFailure } from "@likeness/core";
import { reasonOf } from "../leave.ts";

/** What a command comes to: 0 when things are as they were wanted. */
export interface Answer {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1;
}

/** Nobody knows whether anything was written; every command may be repeated. */
export const databaseProblem = ({ cause }: StorageFailure): string =>
  `The database did not do its work: ${reasonOf(cause)}. Try again: doing it twice does no harm.`;
