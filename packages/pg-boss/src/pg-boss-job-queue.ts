import { okAsync, type ResultAsync } from "neverthrow";
import {
  silentLog,
  type Clock,
  type Job,
  type JobOutlet,
  type JobQueue,
  type Log,
  type StorageFailure,
} from "@likeness/core";
import { fromKysely, type KyselyTransactionLike, type PgBoss } from "pg-boss";
import { attempt } from "./attempt.ts";
import { claimerOf } from "./claim-due.ts";
import { jobNews } from "./job-news.ts";
import { jobRecords } from "./job-records.ts";
import { jobSender } from "./job-sender.ts";
import { startWorker, type JobWorker } from "./job-worker.ts";
import { restoreQueues, type QueueRestorer } from "./restore-queues.ts";
import { queueCheck } from "./queue-check.ts";
import { queuesOf } from "./queues.ts";
import { reportErrors } from "./report-errors.ts";

export interface PgBossJobQueue extends JobQueue {
  /** Enqueues in a transaction of the database that pg-boss is in, or in the database: the `jobs` of `kyselyStore`. */
  within(db: KyselyTransactionLike & { readonly isTransaction: boolean }): JobOutlet;
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
   * Whether workers listen to what other processes enqueue, on a connection of their own, and do not wait for the next
   * look, each second. Default true; `false` where sessions cannot listen (PgBouncer in transaction mode).
   */
  readonly listen?: boolean | undefined;
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
    listen = true,
    schema = "pgboss",
  }: PgBossJobQueueOptions,
): PgBossJobQueue {
  const report = reportErrors(boss, { clock, log });
  const queues = queuesOf(boss, { schema, maximumAttempts });
  const news = jobNews(boss, { schema, clock, log });
  let running:
    { readonly kinds: readonly string[]; readonly worker: JobWorker; readonly restorer: QueueRestorer } | undefined;

  /** What is committed and due is run at once, here or in another process. */
  const announce = (jobs: readonly Job[]): void => {
    const now = clock.now();
    const due = new Set(jobs.flatMap(({ kind, runAt }) => (runAt === undefined || runAt <= now ? kind : [])));
    if (due.size === 0) return;
    running?.worker.wake(due);
    news.tell(due);
  };

  const sender = jobSender(boss, queues, announce);
  const claimDue = claimerOf(boss, queues, { sender, clock, log, maximumAttempts });

  return {
    within: (db) => {
      const inside = fromKysely(db);
      let uncommitted: readonly Job[] = [];
      const enqueue = (jobs: readonly Job[], send: () => Promise<void>): ResultAsync<void, StorageFailure> =>
        attempt(send).andTee(() => {
          if (db.isTransaction) uncommitted = [...uncommitted, ...jobs];
          else announce(jobs);
        });
      return {
        enqueue: (job) => enqueue([job], () => sender.send(job, inside)),
        enqueueMany: (jobs) => enqueue(jobs, () => sender.sendMany(jobs, inside)),
        forget: (keys) => attempt(() => queues.forget(keys, inside)),
        committed: () => announce(uncommitted),
      };
    },
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
        const worker = startWorker(boss, queues, handlers, { sender, clock, log, placesOf, maximumAttempts, report });
        running = { kinds, worker, restorer: restoreQueues(queues, kinds, { clock, log }) };
        if (listen) await news.listen(kinds, worker.wake);
        else worker.wake(kinds);
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
      // At once, because what is being claimed must be handed back.
      return attempt(() => Promise.all([stopping.worker.stop(graceMs), news.stop()]).then(() => undefined));
    },
  };
}
