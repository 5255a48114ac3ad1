import { atMost, type JobHandler, type JobHandlers } from "@likeness/core";
import type { JobResult, JobWithMetadata, PgBoss } from "pg-boss";
import { runJob, type JobRun, type JobRunOptions } from "./job-run.ts";
import { jobOf, type StoredJob } from "./job-sender.ts";
import { queueName } from "./queue-name.ts";
import { workSettings } from "./settings.ts";

export interface JobWorkerOptions extends JobRunOptions {
  /** How many jobs of a kind run at once. */
  readonly placesOf: (kind: string) => number;
}

export interface JobWorker {
  stop(graceMs: number): Promise<void>;
}

/** Lets pg-boss claim the jobs that have a handler and runs them, until it is stopped. */
export async function startWorker(
  boss: PgBoss,
  handlers: JobHandlers,
  { placesOf, ...options }: JobWorkerOptions,
): Promise<JobWorker> {
  const { sender, clock } = options;
  const runs = new Set<JobRun>();
  let stopped = false;

  const work = async (kind: string, handler: JobHandler): Promise<() => Promise<void>> => {
    const name = queueName(kind);
    const handBack = async (claimed: JobWithMetadata<StoredJob>): Promise<JobResult> => {
      await sender.sendAgain({ ...jobOf(kind, claimed), runAt: clock.now() });
      return { id: claimed.id, status: "completed" };
    };
    // Deleted at once: pg-boss would keep completed jobs for a while, with data that may have been erased meanwhile.
    const forgotten = async ({ id, retryCount }: JobWithMetadata<StoredJob>, result: JobResult): Promise<JobResult> => {
      if (result.status === "completed") await boss.deleteJob(name, { id, retryCount }).catch(() => undefined);
      return result;
    };
    const started: Promise<string> = boss.work<StoredJob, unknown, typeof workSettings>(
      name,
      workSettings,
      async (jobs) => {
        // Otherwise pg-boss would wait for the next poll before it claims another job.
        boss.notifyWorker(await started);
        return Promise.all(
          jobs.map(async (claimed) => {
            if (stopped) return forgotten(claimed, await handBack(claimed));
            const run = runJob(kind, claimed, handler, options);
            runs.add(run);
            return forgotten(claimed, await run.result.finally(() => runs.delete(run)));
          }),
        );
      },
    );
    const id = await started;
    return () => boss.offWork(name, { id, wait: true });
  };

  const slots = Object.entries(handlers).flatMap((each) => Array.from({ length: placesOf(each[0]) }, () => each));
  const workers = await Promise.all(slots.map(([kind, handler]) => work(kind, handler)));

  return {
    stop: async (graceMs) => {
      stopped = true;
      const ended = Promise.all(workers.map((end) => end()));
      if (graceMs > 0) await atMost(clock, graceMs, ended);
      const handedBack = await Promise.allSettled([...runs].map((run) => run.handBack()));
      await ended;
      for (const each of handedBack) if (each.status === "rejected") throw each.reason;
    },
  };
}
