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

const longest = 500;

/** A description of an error for a `JobQueue`, short enough for a log line and a column. */
export const describeCause = (cause: unknown): string => describe(cause).slice(0, longest);

function describe(cause: unknown): string {
  if (cause instanceof Error) return `${cause.name}: ${cause.message}`;
  if (typeof cause === "string") return cause;
  if (typeof cause !== "object" || cause === null || !("type" in cause)) return typeof cause;
  // Our errors are tagged objects, whose `cause` says more.
  const below = "detail" in cause ? cause.detail : "cause" in cause ? cause.cause : undefined;
  return below === undefined ? String(cause.type) : `${String(cause.type)}: ${describe(below)}`;
}
