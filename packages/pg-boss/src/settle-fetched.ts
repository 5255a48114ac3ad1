import { describeCause, type JobEnd, type Log } from "@likeness/core";
import type { JobAttempt, JobResult, PgBoss } from "pg-boss";
import { changedOne } from "./changed-one.ts";
import type { Queues } from "./queues.ts";

/** Stores the outcome of a fetched job when it has one, unless its claim is no longer valid. Never rejects. */
export async function settleFetched(
  boss: PgBoss,
  queues: Queues,
  name: string,
  { id, retryCount }: JobAttempt,
  running: Promise<JobResult>,
  { log }: { readonly log: Log },
): Promise<JobEnd> {
  const claim = { id, retryCount };
  try {
    // It rejects when the job could not be sent again; then its lease runs out.
    const result = await running;
    // Deleted at once, as by the workers: its payload may be erased soon.
    if (result.status === "completed") return changedOne(await boss.deleteJob(name, claim)) ? "done" : "lost";
    if (result.status === "deadletter") await queues.endRetries(name, claim);
    return changedOne(await boss.fail(name, claim, { value: result.output })) ? "failed" : "lost";
  } catch (cause) {
    log.error({ queue: name, error: describeCause(cause) }, "the outcome of a job was not stored");
    return "lost";
  }
}
