import { atMost, type JobHandler, type JobHandlers } from "@likeness/core";
import type { JobResult, JobWithMetadata, PgBoss } from "pg-boss";
import { doneJobs } from "./done-jobs.ts";
import { keepLease } from "./fetched-lease.ts";
import { runJob, type JobRun, type JobRunOptions } from "./job-run.ts";
import { jobOf, type StoredJob } from "./job-sender.ts";
import { nextJobs } from "./next-jobs.ts";
import { queueName } from "./queue-name.ts";
import type { Queues } from "./queues.ts";
import { workSettings } from "./settings.ts";
import { settleFetched } from "./settle-fetched.ts";

export interface JobWorkerOptions extends JobRunOptions {
  /** How many jobs of a kind run at once. */
  readonly placesOf: (kind: string) => number;
}

export interface JobWorker {
  stop(graceMs: number): Promise<void>;
}

/** pg-boss takes the time of all jobs that a place goes on with for that of the first one, which has a limit. */
const longestMilliseconds = 5_000;

/**
 * Lets pg-boss claim the jobs that have a handler and runs them, until it is stopped. A place goes on with what else is
 * due before it returns to pg-boss, which would complete each job with a statement of its own and claim the next one
 * with another.
 */
export async function startWorker(
  boss: PgBoss,
  queues: Queues,
  handlers: JobHandlers,
  { placesOf, ...options }: JobWorkerOptions,
): Promise<JobWorker> {
  const { sender, clock } = options;
  const runs = new Set<JobRun>();
  let stopped = false;

  const resultOf = (kind: string, handler: JobHandler, claimed: JobWithMetadata<StoredJob>): Promise<JobResult> => {
    const run = runJob(kind, claimed, handler, options);
    runs.add(run);
    return run.result.finally(() => runs.delete(run));
  };

  /** The places of a kind. */
  const work = async (kind: string, handler: JobHandler): Promise<() => Promise<void>> => {
    const name = queueName(kind);
    const next = nextJobs(boss, name);
    const done = doneJobs(boss, name, options);

    const handBack = async (claimed: JobWithMetadata<StoredJob>): Promise<JobResult> => {
      await sender.sendAgain({ ...jobOf(kind, claimed), runAt: clock.now() });
      return { id: claimed.id, status: "completed" };
    };

    const runFetched = async (claimed: JobWithMetadata<StoredJob>): Promise<void> => {
      const lease = keepLease(boss, name, claimed, options);
      const result = stopped ? handBack(claimed) : resultOf(kind, handler, { ...claimed, signal: lease.signal });
      const isDone = await result.then(({ status }) => status === "completed").catch(() => false);
      lease.letGo();
      if (isDone) done.add(claimed);
      else await settleFetched(boss, queues, name, claimed, result, options);
    };

    /** Returns whether there is nothing more to do. */
    const goOn = async (): Promise<boolean> => {
      let late = false;
      const callOff = clock.after(longestMilliseconds, () => (late = true));
      let claimed = stopped ? undefined : await next();
      while (claimed) {
        await runFetched(claimed);
        if (stopped || late) break;
        claimed = await next();
      }
      callOff();
      return claimed === undefined;
    };

    const place = async (): Promise<() => Promise<void>> => {
      const started: Promise<string> = boss.work<StoredJob, unknown, typeof workSettings>(
        name,
        workSettings,
        async ([claimed]) => {
          if (!claimed) return [];
          const result = await (stopped ? handBack(claimed) : resultOf(kind, handler, claimed));
          const isDone = result.status === "completed";
          if (isDone) done.add(claimed);
          // Otherwise pg-boss would wait for the next poll before it claims another job.
          if (!isDone || !(await goOn())) boss.notifyWorker(await started);
          await done.flush();
          return [result];
        },
      );
      const id = await started;
      return () => boss.offWork(name, { id, wait: true });
    };

    const places = await Promise.all(Array.from({ length: placesOf(kind) }, place));
    return async () => {
      await Promise.all(places.map((end) => end()));
      await done.flush();
    };
  };

  const workers = await Promise.all(Object.entries(handlers).map((each) => work(...each)));

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
