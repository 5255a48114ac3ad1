import { fromStorableText, toStorableText, type Job, type Json, type Timestamp } from "@likeness/core";
import type { Db, JobWithMetadata, PgBoss } from "pg-boss";
import { queueName } from "./queue-name.ts";
import type { Queues } from "./queues.ts";

/** What pg-boss keeps of a job beside its key. JSON in a text, because its own JSON holds no U+0000. */
export interface StoredJob {
  readonly payload: string;
}

/** @throws If it was not put there by a sender. */
export const jobOf = (kind: string, { singletonKey, data }: JobWithMetadata<StoredJob>) => ({
  kind,
  key: fromStorableText(singletonKey ?? ""),
  payload: JSON.parse(data.payload) as Json,
});

export interface JobSender {
  /** Adds a job, unless one with its kind and key is unclaimed; in a transaction of `db`, or in its own. */
  send(job: Job, db?: Db): Promise<void>;
  /** Adds a job that was claimed. With one that was enqueued meanwhile it becomes one: the earlier time counts. */
  sendAgain(job: Job & { readonly runAt: Timestamp }): Promise<void>;
}

export function jobSender(boss: PgBoss, queues: Queues): JobSender {
  const sendOnce = ({ kind, key, payload, runAt }: Job, db?: Db): Promise<string | null> => {
    const stored: StoredJob = { payload: JSON.stringify(payload) };
    return boss.send(queueName(kind), stored, { singletonKey: toStorableText(key), startAfter: runAt, db });
  };

  /** The id of the new job; null when there was one. */
  const send = async (job: Job, db?: Db): Promise<string | null> => {
    try {
      return await sendOnce(job, db);
    } catch (cause) {
      if (!isMissingQueue(cause)) throw cause;
      await queues.create([job.kind]);
      return sendOnce(job, db);
    }
  };

  return {
    send: async (job, db) => void (await send(job, db)),
    sendAgain: async (job) => {
      if ((await send(job)) !== null) return;
      const name = queueName(job.kind);
      const queued = await boss.findJobs(name, { key: toStorableText(job.key), queued: true });
      const unclaimed = queued.find(({ state }) => state === "created");
      if (unclaimed && unclaimed.startAfter > new Date(job.runAt))
        await boss.update(name, undefined, { id: unclaimed.id, startAfter: job.runAt });
    },
  };
}

/**
 * pg-boss finds out before it asks the database for anything, so a transaction is none the worse for it. A queue that it
 * remembers is missed by the database, after a statement of its own: in a transaction that is not before the commit.
 */
const isMissingQueue = (cause: unknown): boolean =>
  cause instanceof Error &&
  (("code" in cause && cause.code === "PGBOSS_QUEUE_NOT_FOUND") ||
    (cause.cause instanceof Error && "constraint" in cause.cause && cause.cause.constraint === "q_fkey"));
