import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Job, JobOutlet } from "../ports/job-queue.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";

/** Enqueues several jobs, together where the queue can do that. */
export function enqueueMany(outlet: JobOutlet, jobs: readonly Job[]): ResultAsync<void, StorageFailure> {
  if (jobs.length === 0) return okAsync(undefined);
  if (outlet.enqueueMany) return outlet.enqueueMany(jobs);
  return safeTry(async function* () {
    for (const job of jobs) yield* outlet.enqueue(job);
    return ok(undefined);
  });
}
