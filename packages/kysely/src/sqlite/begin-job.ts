import type { ResultAsync } from "neverthrow";
import { describeCause, type JobHandlers, type Log, type StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { runJob, type JobRun, type JobRunOptions } from "./job-run.ts";
import { buryJob, putBackJob } from "./job-statements.ts";
import type { JobRow } from "./job-table.ts";

/** Runs a claimed job. A job whose attempts are used up, because its processes died, becomes dead instead. */
export async function beginJob(
  db: Kysely<Database>,
  job: JobRow,
  handlers: JobHandlers,
  options: JobRunOptions,
): Promise<JobRun | undefined> {
  const { kind, key, attempts } = job;
  const { clock, log, maximumAttempts } = options;
  const handler = handlers[kind];
  if (!handler) return releaseJob(db, job, options);
  if (attempts <= maximumAttempts) return runJob(db, job, handler, options);
  log.error({ kind, key }, "a job is dead: every process that ran it died or stalled");
  await report(buryJob(db, job, clock.now(), "its lease ran out at the last attempt"), log);
  return undefined;
}

/** Releases a claim without running the job. */
export async function releaseJob(
  db: Kysely<Database>,
  job: JobRow,
  { log }: Pick<JobRunOptions, "log">,
): Promise<undefined> {
  const { attempts, run_at: runAt } = job;
  await report(putBackJob(db, job, { runAt, attempts: attempts - 1 }), log);
}

const report = (written: ResultAsync<boolean, StorageFailure>, log: Log): Promise<void> =>
  written.match(
    () => undefined,
    (error) => log.error({ error: describeCause(error) }, "a claim could not be given up"),
  );
