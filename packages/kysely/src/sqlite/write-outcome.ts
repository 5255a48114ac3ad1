import type { Result, ResultAsync } from "neverthrow";
import {
  addSeconds,
  describeCause,
  type Clock,
  type JobFailure,
  type JobOutcome,
  type Log,
  type StorageFailure,
} from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { buryJob, finishJob, putBackJob, retryJob } from "./job-statements.ts";
import type { JobRow } from "./job-table.ts";

export interface OutcomeOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly maximumAttempts: number;
}

/** Stores the outcome of a claimed job. False when the claim was no longer valid, so that nothing was written. */
export const writeOutcome = (
  db: Kysely<Database>,
  claimed: JobRow,
  result: Result<JobOutcome, JobFailure>,
  options: OutcomeOptions,
): ResultAsync<boolean, StorageFailure> =>
  result.match(
    (outcome) =>
      outcome.type === "done" ? finishJob(db, claimed) : putBackJob(db, claimed, { runAt: outcome.at, attempts: 0 }),
    (failure) => writeFailure(db, claimed, failure, options),
  );

function writeFailure(
  db: Kysely<Database>,
  claimed: JobRow,
  { permanent, cause }: JobFailure,
  { clock, log, maximumAttempts }: OutcomeOptions,
): ResultAsync<boolean, StorageFailure> {
  const { kind, key, attempts } = claimed;
  const error = describeCause(cause);
  const now = clock.now();
  if (permanent || attempts >= maximumAttempts) {
    log.error({ kind, key, attempt: attempts, error }, "a job is dead");
    return buryJob(db, claimed, now, error);
  }
  const seconds = backOffSeconds(attempts);
  log.warn({ kind, key, attempt: attempts, error, seconds }, "a job failed and will be tried again");
  return retryJob(db, claimed, addSeconds(now, seconds), error);
}

/** Seconds until the next attempt after a number of attempts: 1, 2, 4, … up to an hour, ±20 % to spread the retries. */
export const backOffSeconds = (attempts: number): number =>
  Math.min(2 ** (attempts - 1), 3_600) * (0.8 + Math.random() * 0.4);
