import { okAsync, ResultAsync } from "neverthrow";
import {
  silentLog,
  type Clock,
  type Job,
  type JobOutlet,
  type JobQueue,
  type Log,
  type StorageFailure,
} from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { claimDue } from "./claim-due.ts";
import { enqueueJobs, forgetDeadJobs } from "./job-statements.ts";
import { jobRecords } from "./job-records.ts";
import { startWorker, type JobWorker } from "./job-worker.ts";

export interface SqliteJobQueue extends JobQueue {
  /** Enqueues in a transaction of the same database: the `jobs` of `kyselyStore`. */
  within(db: Kysely<Database>): JobOutlet;
}

export interface SqliteJobQueueOptions {
  readonly clock: Clock;
  /** Absent: nothing is logged. */
  readonly log?: Log | undefined;
  /** How many jobs of one kind run at once in this process. Default 4. */
  readonly concurrency?: number | undefined;
  /** The same for some kinds, e.g. more for those that mostly wait for the network. */
  readonly concurrencyOf?: Readonly<Record<string, number>> | undefined;
  /** After how long another process may claim the job of a process that may have died. Default 30. */
  readonly leaseSeconds?: number | undefined;
  /** Attempts until a job is dead. Default 8. */
  readonly maximumAttempts?: number | undefined;
}

/**
 * The `JobQueue` of core in a table of the same SQLite file as the store, for any number of processes on one machine.
 * `db` is the store's. With `systemClock` its timers do not keep the process alive, so a process with nothing but this
 * queue ends; only `stop` keeps it alive until it has finished.
 */
export function sqliteJobQueue(
  db: Kysely<Database>,
  {
    clock,
    log = silentLog,
    concurrency = 4,
    concurrencyOf = {},
    leaseSeconds = 30,
    maximumAttempts = 8,
  }: SqliteJobQueueOptions,
): SqliteJobQueue {
  let worker: JobWorker | undefined;

  const enqueue = (tx: Kysely<Database>, jobs: readonly Job[]): ResultAsync<void, StorageFailure> => {
    const now = clock.now();
    return enqueueJobs(tx, jobs, now).andTee(() => {
      if (jobs.some(({ runAt }) => runAt === undefined || runAt <= now)) worker?.wake();
    });
  };

  const within = (tx: Kysely<Database>): JobOutlet => ({
    enqueue: (job) => enqueue(tx, [job]),
    enqueueMany: (jobs) => enqueue(tx, jobs),
    forget: (keys) => forgetDeadJobs(tx, keys),
  });

  return {
    within,
    ...within(db),
    records: jobRecords(db, { clock, wake: () => worker?.wake() }),
    start: (handlers) => {
      if (worker) throw new Error("this queue was started before");
      // Without its table the queue does not start: every poll would fail and log an error.
      return attempt(db, () => db.selectFrom("likeness_job").select("id").limit(1).execute()).map(() => {
        const placesOf = (kind: string): number => concurrencyOf[kind] ?? concurrency;
        worker = startWorker(db, handlers, { clock, log, placesOf, leaseSeconds, maximumAttempts });
      });
    },
    claimDue: (handlers, limit) =>
      new ResultAsync(claimDue(db, handlers, limit, { clock, log, leaseSeconds, maximumAttempts })),
    stop: ({ graceMs }) => {
      const stopping = worker;
      worker = undefined;
      return stopping ? new ResultAsync(stopping.stop(graceMs)) : okAsync(undefined);
    },
  };
}
