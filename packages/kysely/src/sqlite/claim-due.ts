import { err, ok, type Result } from "neverthrow";
import type { JobHandlers, RunningJob, StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { beginJob } from "./begin-job.ts";
import type { JobRunOptions } from "./job-run.ts";
import { claimJobs } from "./job-statements.ts";
import { newClaim } from "./lease.ts";

/** Claims due jobs and runs them. When a claim fails after others, those are returned and not the failure. */
export async function claimDue(
  db: Kysely<Database>,
  handlers: JobHandlers,
  limit: number,
  options: JobRunOptions,
): Promise<Result<readonly RunningJob[], StorageFailure>> {
  const running: RunningJob[] = [];
  while (running.length < limit) {
    const left = limit - running.length;
    const ofKind = Object.keys(handlers).map((kind) => [kind, left] as const);
    const claimed = await claimJobs(db, { ofKind, inAll: left }, newClaim(options));
    if (claimed.isErr()) return running.length > 0 ? ok(running) : err(claimed.error);
    if (claimed.value.length === 0) break;
    for (const job of claimed.value) {
      const { kind, key } = job;
      const run = await beginJob(db, job, handlers, options);
      if (run) running.push({ kind, key, ended: run.ended, handBack: () => run.handBack().map(() => undefined) });
    }
  }
  return ok(running);
}
