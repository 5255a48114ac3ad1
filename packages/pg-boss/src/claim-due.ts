import { fromStorableText, type JobHandler, type JobHandlers, type RunningJob } from "@likeness/core";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import { attempt } from "./attempt.ts";
import { keepLease } from "./fetched-lease.ts";
import { runJob, type JobRunOptions } from "./job-run.ts";
import type { StoredJob } from "./job-sender.ts";
import { queueName } from "./queue-name.ts";
import type { Queues } from "./queues.ts";
import { settleFetched } from "./settle-fetched.ts";

export type ClaimDue = (handlers: JobHandlers, limit: number) => Promise<readonly RunningJob[]>;

/** Fetches due jobs without pg-boss's workers, whose work is done here: heartbeats, and storing the outcome. */
export function claimerOf(boss: PgBoss, queues: Queues, options: JobRunOptions): ClaimDue {
  /** Which kind is next, because a kind with many jobs must not keep the others from being claimed. */
  let turn = 0;

  const begin = (kind: string, handler: JobHandler, claimed: JobWithMetadata<StoredJob>): RunningJob => {
    const lease = keepLease(boss, queueName(kind), claimed, options);
    const run = runJob(kind, { ...claimed, signal: lease.signal }, handler, options);
    const ended = settleFetched(boss, queues, queueName(kind), claimed, run.result, options);
    return {
      kind,
      key: fromStorableText(claimed.singletonKey ?? ""),
      ended: ended.finally(lease.letGo),
      handBack: () =>
        attempt(async () => {
          await run.handBack();
          await ended;
        }),
    };
  };

  return async (handlers, limit) => {
    const kinds = Object.entries(handlers);
    await queues.create(Object.keys(handlers));
    const running: RunningJob[] = [];
    for (let looked = 0; looked < kinds.length && running.length < limit; looked++) {
      const [kind, handler] = kinds[turn++ % kinds.length] ?? [];
      if (kind === undefined || !handler) break;
      const size = { batchSize: limit - running.length, includeMetadata: true } as const;
      const claimed = await boss.fetch<StoredJob>(queueName(kind), size).catch((cause: unknown) => {
        // What runs already is returned, and the next claim reports the trouble.
        if (running.length === 0) throw cause;
        return [];
      });
      running.push(...claimed.map((job) => begin(kind, handler, job)));
    }
    return running;
  };
}
