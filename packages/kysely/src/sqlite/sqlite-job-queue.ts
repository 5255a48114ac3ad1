import { okAsync, ResultAsync } from "neverthrow";
import { silentLog, type Clock, type JobOutlet, type JobQueue, type Log } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { enqueueJob } from "./job-statements.ts";
import { startWorker, type JobWorker } from "./job-worker.ts";

export interface SqliteJobQueue extends JobQueue {
  /** Enqueues in a transaction of the same database: the `jobs` of `kyselyStore`. */
  within(db: Kysely<Database>): JobOutlet;
}

export interface SqliteJobQueueOptions {
  readonly clock: Clock;
  /** Says nothing when absent. */
  readonly log?: Log | undefined;
  /** Jobs that run at once in this process: 4 when absent. */
  readonly concurrency?: number | undefined;
  /** How long a job is left to a process that may have died: 30 when absent. */
  readonly leaseSeconds?: number | undefined;
  /** Tries until a job is dead: 8 when absent. */
  readonly maximumAttempts?: number | undefined;
}

/**
 * The `JobQueue` of core in a table of the same SQLite file as the store, for any number of processes on one host. `db`
 * is the one that the store has. Its timers are the clock's: with `systemClock` they do not keep a process alive, so a
 * process that has nothing but this queue ends; only `stop` holds it until it is through.
 */
export function sqliteJobQueue(
  db: Kysely<Database>,
  { clock, log = silentLog, concurrency = 4, leaseSeconds = 30, maximumAttempts = 8 }: SqliteJobQueueOptions,
): SqliteJobQueue {
  let worker: JobWorker | undefined;

  const within = (tx: Kysely<Database>): JobOutlet => ({
    enqueue: (job) => {
      const now = clock.now();
      return enqueueJob(tx, job, now).andTee(() => {
        if (!job.runAt || job.runAt <= now) worker?.wake();
      });
    },
  });

  return {
    within,
    enqueue: (job) => within(db).enqueue(job),
    start: (handlers) => {
      if (worker) throw new Error("this queue was started before");
      // Without its table, better no start than a log full of polls.
      return attempt(db, () => db.selectFrom("likeness_job").select("id").limit(1).execute()).map(() => {
        worker = startWorker(db, handlers, { clock, log, concurrency, leaseSeconds, maximumAttempts });
      });
    },
    stop: ({ graceMs }) => {
      const stopping = worker;
      worker = undefined;
      return stopping ? new ResultAsync(stopping.stop(graceMs)) : okAsync(undefined);
    },
  };
}
