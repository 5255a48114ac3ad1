import type { Job, JobOutlet } from "@likeness/core";
import type { Database } from "@likeness/kysely";
import type { Kysely } from "kysely";
import { batches } from "./batches.ts";

export interface MovedJobs {
  readonly enqueued: number;
  /** Left in the SQLite file: they would not run again by themselves there either. */
  readonly dead: number;
}

/**
 * Enqueues the jobs that wait, also those that ran when the bot ended: not every one has a row by which the sweeper would
 * find it, e.g. one that deletes the bytes of an erased photo. Where one with the same kind and key waits for its next
 * attempt, they become one, as in the queue.
 */
export async function moveJobs(source: Kysely<Database>, outlet: JobOutlet): Promise<MovedJobs> {
  const waiting = source
    .selectFrom("likeness_job as job")
    .where("dead_at", "is", null)
    .where("id", "=", ({ selectFrom }) =>
      selectFrom("likeness_job as same")
        .select("same.id")
        .whereRef("same.key", "=", "job.key")
        .whereRef("same.kind", "=", "job.kind")
        .where("same.dead_at", "is", null)
        .orderBy("same.attempts")
        .orderBy("same.id")
        .limit(1),
    )
    .select(["kind", "key", "payload"])
    .select(({ selectFrom }) =>
      selectFrom("likeness_job as same")
        .select(({ fn }) => fn.min("same.run_at").as("run_at"))
        .whereRef("same.key", "=", "job.key")
        .whereRef("same.kind", "=", "job.kind")
        .where("same.dead_at", "is", null)
        .$asScalar()
        .$notNull()
        .as("runAt"),
    )
    .orderBy("id");
  let enqueued = 0;
  for await (const batch of batches(waiting.stream())) {
    const jobs = batch.map(({ payload, ...job }): Job => ({ ...job, payload: JSON.parse(payload) }));
    const added = outlet.enqueueMany?.(jobs);
    if (!added) throw new Error("this queue takes no jobs in a transaction");
    (await added).mapErr(({ cause }) => {
      throw cause;
    });
    enqueued += jobs.length;
  }
  const { dead } = await source
    .selectFrom("likeness_job")
    .select(({ fn }) => fn.countAll<number>().as("dead"))
    .where("dead_at", "is not", null)
    .executeTakeFirstOrThrow();
  return { enqueued, dead };
}
