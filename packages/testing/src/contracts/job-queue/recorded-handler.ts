import type { ClaimedJob, Clock, JobFailure, JobHandler, JobOutcome, StorageFailure, Timestamp } from "@likeness/core";
import { errAsync, okAsync, ResultAsync } from "neverthrow";

export interface RecordedRun extends ClaimedJob {
  readonly at: Timestamp;
}

export interface RecordedHandler {
  readonly handler: JobHandler;
  /** Every run, in the order of their starts. */
  readonly runs: readonly RecordedRun[];
}

/**
 * A handler that records its runs. `answer` gets the run and the number of runs so far; without it every run is done.
 */
export function recorded(
  clock: Clock,
  answer: (run: RecordedRun, count: number) => ResultAsync<JobOutcome, JobFailure> = () => done(),
): RecordedHandler {
  const runs: RecordedRun[] = [];
  const handler: JobHandler = (job) => {
    const run = { ...job, at: clock.now() };
    runs.push(run);
    return answer(run, runs.length);
  };
  return { handler, runs };
}

export const done = (): ResultAsync<JobOutcome, JobFailure> => okAsync({ type: "done" });

export const doneAfter = (promise: Promise<unknown>): ResultAsync<JobOutcome, JobFailure> =>
  ResultAsync.fromSafePromise(promise.then(() => ({ type: "done" })));

export const again = (at: Timestamp): ResultAsync<JobOutcome, JobFailure> => okAsync({ type: "again", at });

/** Enqueues a job during the run, then ends with this outcome. */
export const nudged = (enqueued: ResultAsync<void, StorageFailure>, outcome: JobOutcome) =>
  enqueued.map(() => outcome).mapErr(({ cause }): JobFailure => ({ type: "job-failure", permanent: true, cause }));

export const failed = (permanent = false): ResultAsync<JobOutcome, JobFailure> =>
  errAsync({ type: "job-failure", permanent, cause: "on purpose" });
