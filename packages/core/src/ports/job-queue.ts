import type { ResultAsync } from "neverthrow";
import type { Json } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { Check } from "./check.ts";
import type { JobRecords } from "./job-records.ts";
import type { StorageFailure } from "./storage-errors.ts";

/** Makes a handler look at a row. A lost job loses nothing, and running it twice changes nothing. */
export interface Job {
  /** Which handler runs it, e.g. `order.submit`. */
  readonly kind: string;
  /**
   * Usually the id of the row. While a job with the same kind and key is unclaimed, enqueueing another does nothing.
   */
  readonly key: string;
  readonly payload: Json;
  /** The earliest time to run it; absent: at once. */
  readonly runAt?: Timestamp | undefined;
}

/** A job as its handler sees it. */
export interface ClaimedJob {
  readonly kind: string;
  readonly key: string;
  readonly payload: Json;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted when the lease is lost or the queue stops. */
  readonly signal: AbortSignal;
}

/** `again` runs the job once more at that time, without counting an attempt. */
export type JobOutcome = { readonly type: "done" } | { readonly type: "again"; readonly at: Timestamp };

/**
 * A `permanent` failure makes the job dead at once; others are retried with back-off until the attempts are used up.
 */
export interface JobFailure {
  readonly type: "job-failure";
  readonly permanent: boolean;
  readonly cause: unknown;
}

/** Runs at least once for every job. What it throws counts as a failure that may pass. */
export type JobHandler = (job: ClaimedJob) => ResultAsync<JobOutcome, JobFailure>;

export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** Accepts jobs. */
export interface JobOutlet {
  enqueue(job: Job): ResultAsync<void, StorageFailure>;
  /** Enqueues several, as `enqueue` does each. Absent: they are enqueued one after the other. */
  readonly enqueueMany?: ((jobs: readonly Job[]) => ResultAsync<void, StorageFailure>) | undefined;
  /**
   * Deletes what is kept of jobs that are dead or have ended, whose key is one of these, or begins with one of these and a
   * colon: the person or the rows that they name are erased. Others are left, because they find no row. Absent: nothing is
   * kept.
   */
  readonly forget?: ((keys: readonly string[]) => ResultAsync<void, StorageFailure>) | undefined;
  /**
   * Called after the commit of the transaction in which this outlet enqueues, so that workers begin at once. Absent, or not
   * called: they look from time to time.
   */
  readonly committed?: (() => void) | undefined;
}

/** How a job that was claimed on demand ended; `lost`: another worker has claimed it, or its outcome was not stored. */
export type JobEnd = "done" | "failed" | "lost";

/** A job that was claimed on demand, and is running. Its lease is renewed until it has ended. */
export interface RunningJob {
  readonly kind: string;
  readonly key: string;
  /** Resolves when the handler has ended and its outcome is stored, or the job was handed back. Never rejects. */
  readonly ended: Promise<JobEnd>;
  /**
   * Aborts the handler and releases the claim without counting the attempt, so that the job is due at once, behind what
   * else is due. The handler's outcome is then ignored.
   */
  handBack(): ResultAsync<void, StorageFailure>;
}

/** At-least-once jobs. Run `describeJobQueue` of `@likeness/testing` against yours. */
export interface JobQueue extends JobOutlet {
  /** Starts claiming jobs of the kinds that have a handler. */
  start(handlers: JobHandlers): ResultAsync<void, StorageFailure>;
  /**
   * Claims due jobs of the kinds that have a handler, at most this many, and begins to run them; none when no job is
   * due. The queue need not be started, other workers may be running, and `stop` does not affect these jobs.
   */
  claimDue(handlers: JobHandlers, limit: number): ResultAsync<readonly RunningJob[], StorageFailure>;
  /** What an operator asks. Absent: no jobs are shown, and none can be revived. */
  readonly records?: JobRecords | undefined;
  /** What an operator should know about its tables. Whether jobs are run is seen by `records`. */
  readonly checks?: (() => readonly Check[]) | undefined;
  /** Stops claiming, waits this long for running jobs, then aborts them and releases their leases. */
  stop(options: { readonly graceMs: number }): ResultAsync<void, StorageFailure>;
}
