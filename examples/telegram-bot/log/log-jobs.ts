import type { ClaimedJob, JobFailure, JobHandler, JobOutcome, JobQueue, Log } from "@likeness/core";
import { ResultAsync, type Result } from "neverthrow";

/** A queue that logs, at debug level, the outcome and the duration of each run of a job. */
export const logJobs = (queue: JobQueue, log: Log): JobQueue => ({
  ...queue,
  start: (handlers) =>
    queue.start(Object.fromEntries(Object.entries(handlers).map(([kind, handler]) => [kind, logged(handler, log)]))),
});

const logged =
  (handler: JobHandler, log: Log): JobHandler =>
  (job) =>
    new ResultAsync(run(handler, job, log));

async function run(handler: JobHandler, job: ClaimedJob, log: Log): Promise<Result<JobOutcome, JobFailure>> {
  const { kind, key, attempt } = job;
  const begun = performance.now();
  const tell = (outcome: string): void =>
    log.debug({ kind, key, attempt, outcome, milliseconds: Math.round(performance.now() - begun) }, "a job was run");
  try {
    const result = await handler(job);
    tell(
      result.match(
        ({ type }) => type,
        ({ permanent }) => (permanent ? "failed for good" : "failed"),
      ),
    );
    return result;
  } catch (error) {
    tell("threw");
    throw error;
  }
}
