import { fromStorableText, toStorableText, type Job, type Json, type Timestamp } from "@likeness/core";
import type { Db, JobWithMetadata, PgBoss } from "pg-boss";
import { queueName } from "./queue-name.ts";
import type { Queues } from "./queues.ts";

/** The data of a job in pg-boss. The payload is JSON in a string, because PostgreSQL's JSON cannot hold U+0000. */
export interface StoredJob {
  readonly payload: string;
}

/** @throws If the data was not written by this sender. */
export const jobOf = (kind: string, { singletonKey, data }: JobWithMetadata<StoredJob>) => ({
  kind,
  key: fromStorableText(singletonKey ?? ""),
  payload: JSON.parse(data.payload) as Json,
});

export interface JobSender {
  /** Adds a job, unless one with its kind and key is unclaimed; in a transaction of `db`, or in its own. */
  send(job: Job, db?: Db): Promise<void>;
  /** Adds several jobs, as `send` does each, with one statement per kind. */
  sendMany(jobs: readonly Job[], db?: Db): Promise<void>;
  /** Adds a job that was claimed. Merges it with a job enqueued meanwhile, at the earlier of both times. */
  sendAgain(job: Job & { readonly runAt: Timestamp }): Promise<void>;
}

/** `announce` is told of the jobs that are in no transaction of a caller. */
export function jobSender(boss: PgBoss, queues: Queues, announce: (jobs: readonly Job[]) => void): JobSender {
  const sendOnce = ({ kind, key, payload, runAt }: Job, db?: Db): Promise<string | null> => {
    const stored: StoredJob = { payload: JSON.stringify(payload) };
    return boss.send(queueName(kind), stored, { singletonKey: toStorableText(key), startAfter: runAt, db });
  };

  /** Creates the queue of a kind if it is missing. */
  const withQueue = async <T>(kind: string, add: () => Promise<T>): Promise<T> => {
    try {
      return await add();
    } catch (cause) {
      if (!isMissingQueue(cause)) throw cause;
      await queues.create([kind]);
      return add();
    }
  };

  /** The id of the new job; null when there was one already. */
  const send = (job: Job, db?: Db): Promise<string | null> => withQueue(job.kind, () => sendOnce(job, db));

  return {
    send: async (job, db) => {
      await send(job, db);
      if (!db) announce([job]);
    },
    sendMany: async (jobs, db) => {
      for (const kind of new Set(jobs.map((job) => job.kind))) {
        const its = jobs.filter((job) => job.kind === kind);
        const inserted = its.map(({ key, payload, runAt }) => ({
          data: { payload: JSON.stringify(payload) } satisfies StoredJob,
          singletonKey: toStorableText(key),
          ...(runAt !== undefined && { startAfter: runAt }),
        }));
        await withQueue(kind, () => boss.insert(queueName(kind), inserted, db && { db }));
      }
      if (!db) announce(jobs);
    },
    sendAgain: async (job) => {
      if ((await send(job)) !== null) return announce([job]);
      const name = queueName(job.kind);
      const queued = await boss.findJobs(name, { key: toStorableText(job.key), queued: true });
      const unclaimed = queued.find(({ state }) => state === "created");
      if (unclaimed && unclaimed.startAfter > new Date(job.runAt))
        await boss.update(name, undefined, { id: unclaimed.id, startAfter: job.runAt });
    },
  };
}

/**
 * Recognises the two errors of a missing queue. pg-boss throws one before it sends a statement, so a transaction stays
 * usable. If pg-boss has cached the queue, the database reports it, in a statement that in a transaction runs at the
 * commit.
 */
const isMissingQueue = (cause: unknown): boolean =>
  cause instanceof Error &&
  (("code" in cause && cause.code === "PGBOSS_QUEUE_NOT_FOUND") ||
    (cause.cause instanceof Error && "constraint" in cause.cause && cause.cause.constraint === "q_fkey"));
