import type { ResultAsync } from "neverthrow";
import type { Json } from "../domain/json.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import type { StorageFailure } from "./storage-errors.ts";

/** A nudge to look at a row. Losing it loses nothing, running it twice changes nothing. */
export interface Job {
  /** Which handler runs it, e.g. `training.submit`. */
  readonly kind: string;
  /** Usually the id of the row. While a job with the same kind and key is unclaimed, another one adds nothing. */
  readonly key: string;
  readonly payload: Json;
  /** Not before; at once when absent. */
  readonly runAt?: Timestamp | undefined;
}

/** A job as its handler sees it. */
export interface ClaimedJob {
  readonly kind: string;
  readonly key: string;
  readonly payload: Json;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the lease is lost or the queue stops. */
  readonly signal: AbortSignal;
}

/** `again` runs the job once more at that time and does not use up an attempt. */
export type JobOutcome = { readonly type: "done" } | { readonly type: "again"; readonly at: Timestamp };

/** `permanent` jobs are dead at once; others are tried again with back-off until their attempts are used up. */
export interface JobFailure {
  readonly type: "job-failure";
  readonly permanent: boolean;
  readonly cause: unknown;
}

/** Runs at least once for every job. What it throws counts as a failure that may pass. */
export type JobHandler = (job: ClaimedJob) => ResultAsync<JobOutcome, JobFailure>;

export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** Where jobs are put. */
export interface JobOutlet {
  enqueue(job: Job): ResultAsync<void, StorageFailure>;
}

/** At-least-once jobs. Run `describeJobQueue` of `@likeness/testing` against yours. */
export interface JobQueue extends JobOutlet {
  /** Starts claiming jobs of the kinds that have a handler. */
  start(handlers: JobHandlers): ResultAsync<void, StorageFailure>;
  /** Claims no more, waits so long for the running ones, then aborts them and hands their leases back. */
  stop(options: { readonly graceMs: number }): ResultAsync<void, StorageFailure>;
}
