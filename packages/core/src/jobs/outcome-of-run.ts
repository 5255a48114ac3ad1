import { err, type Result } from "neverthrow";
import type { JobFailure, JobOutcome } from "../ports/job-queue.ts";

/** Runs a job's handler, for a `JobQueue`. What it throws is a failure that is not permanent. */
export async function outcomeOfRun(
  run: () => PromiseLike<Result<JobOutcome, JobFailure>>,
): Promise<Result<JobOutcome, JobFailure>> {
  try {
    return await run();
  } catch (cause) {
    return err({ type: "job-failure", permanent: false, cause });
  }
}
