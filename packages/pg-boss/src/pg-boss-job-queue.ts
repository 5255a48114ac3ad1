import { okAsync, type ResultAsync } from "neverthrow";
import { silentLog, type Clock, type JobOutlet, type JobQueue, type Log, type StorageFailure } from "@likeness/core";
import { fromKysely, type KyselyTransactionLike, type PgBoss } from "pg-boss";
import { attempt } from "./attempt.ts";
import { claimerOf } from "./claim-due.ts";
import { jobRecords } from "./job-records.ts";
import { jobSender } from "./job-sender.ts";
import { startWorker, type JobWorker } from "./job-worker.ts";
import { restoreQueues, type QueueRestorer } from "./restore-queues.ts";
import { queueCheck } from "./queue-check.ts";
import { queuesOf } from "./queues.ts";
import { reportErrors } from "./report-errors.ts";

export interface PgBossJobQueue extends JobQueue {
  /** Enqueues in a transaction of the database that pg-boss is in: the `jobs` of `kyselyStore`. */
  within(transaction: KyselyTransactionLike): JobOutlet;
  /** Whether jobs can be enqueued and claimed, for readiness checks. */
  ready(): ResultAsync<void, StorageFailure>;
}

export interface PgBossJobQueueOptions {
  readonly clock: Clock;
  /** Absent: nothing is logged. */
  readonly log?: Log | undefined;
  /** How many jobs of one kind run at once in this process. Default 4. */
  readonly concurrency?: number | undefined;
  /** The same for some kinds, e.g. more for those that mostly wait for the network. */
  readonly concurrencyOf?: Readonly<Record<string, number>> | undefined;
  /** Attempts until a job is dead. Default 8. */
  readonly maximumAttempts?: number | undefined;
  /**
   * The `schema` of `boss`, default `pgboss`. If its tables are dropped, they are created again; not if this differs.
   */
  readonly schema?: string | undefined;
}

/**
 * The `JobQueue` of core on pg-boss, for any number of processes. The caller creates `boss`, starts it before jobs are
 * enqueued, and stops it after the queue. The queue listens to its errors.
 *
 * @example
 * const boss = new PgBoss({ connectionString, ...pgBossSettings });
 * const queue = pgBossJobQueue(boss, { clock: systemClock, log });
 * await boss.start();
 * const store = kyselyStore(db, { jobs: queue.within });
 */
export function pgBossJobQueue(
  boss: PgBoss,
  {
    clock,
    log = silentLog,
    concurrency = 4,
    concurrencyOf = {},
    maximumAttempts = 8,
    schema = "pgboss",
  }: PgBossJobQueueOptions,
): PgBossJobQueue {
  reportErrors(boss, { clock, log });
  const queues = queuesOf(boss, { schema, maximumAttempts });
  const sender = jobSender(boss, queues);
  const claimDue = claimerOf(boss, queues, { sender, clock, log, maximumAttempts });
  let running:
    { readonly kinds: readonly string[]; readonly worker: JobWorker; readonly restorer: QueueRestorer } | undefined;

  return {
    within: (transaction) => ({
      enqueue: (job) => attempt(() => sender.send(job, fromKysely(transaction))),
      enqueueMany: (jobs) => attempt(() => sender.sendMany(jobs, fromKysely(transaction))),
      forget: (keys) => attempt(() => queues.forget(keys, fromKysely(transaction))),
    }),
    enqueue: (job) => attempt(() => sender.send(job)),
    enqueueMany: (jobs) => attempt(() => sender.sendMany(jobs)),
    forget: (keys) => attempt(() => queues.forget(keys)),
    ready: () =>
      attempt(async () => {
        if (!running) throw new Error("the queue is not started");
        if (await queues.areGone()) throw new Error("pg-boss's table of jobs is gone");
        const [name] = await queues.missing(running.kinds);
        if (name !== undefined) throw new Error(`pg-boss has no queue ${name}`);
      }),
    start: (handlers) => {
      if (running) throw new Error("this queue was started before");
      const kinds = Object.keys(handlers);
      return attempt(async () => {
        const found = await queues.find();
        if (!found) log.warn({ schema }, "pg-boss has its tables in another schema: they cannot be made anew");
        await queues.createAndUpdate(kinds);
        const placesOf = (kind: string): number => concurrencyOf[kind] ?? concurrency;
        const worker = await startWorker(boss, queues, handlers, { sender, clock, log, placesOf, maximumAttempts });
        running = { kinds, worker, restorer: restoreQueues(queues, kinds, { clock, log }) };
      });
    },
    records: jobRecords(boss, queues, schema),
    checks: () => [queueCheck(boss, schema)],
    claimDue: (handlers, limit) => attempt(() => claimDue(handlers, limit)),
    stop: ({ graceMs }) => {
      const stopping = running;
      running = undefined;
      if (!stopping) return okAsync(undefined);
      stopping.restorer.stop();
      return attempt(() => stopping.worker.stop(graceMs));
    },
  };
}
