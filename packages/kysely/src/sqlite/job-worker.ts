import { AsyncLocalStorage } from "node:async_hooks";
import { Result } from "neverthrow";
import { atMost, describeCause, type JobHandlers, type StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { beginJob, releaseJob } from "./begin-job.ts";
import type { JobRun, JobRunOptions } from "./job-run.ts";
import { claimJob } from "./job-statements.ts";
import type { JobRow } from "./job-table.ts";
import { newClaim } from "./lease.ts";

export interface JobWorkerOptions extends JobRunOptions {
  readonly concurrency: number;
}

export interface JobWorker {
  /** Looks for jobs at once. During a transaction it looks after its end, because there is only one connection. */
  wake(): void;
  stop(graceMs: number): Promise<Result<void, StorageFailure>>;
}

/** How often the worker polls the table for jobs that became due, or that another process enqueued. */
const pollMilliseconds = 250;

/** Claims and runs the jobs that have a handler, until it is stopped. */
export function startWorker(db: Kysely<Database>, handlers: JobHandlers, options: JobWorkerOptions): JobWorker {
  const { clock, log, concurrency } = options;
  const kinds = Object.keys(handlers);
  const runs = new Set<JobRun>();
  // The caller of `wake` may be in a transaction, whose context the jobs must not inherit.
  const inOwnContext = AsyncLocalStorage.snapshot();
  let stopped = false;
  let failing = false;
  let woken = false;
  let busy = false;
  let claiming = Promise.resolve();
  let callOffPoll = (): void => undefined;

  const claim = async (): Promise<JobRow | undefined> => {
    const claimed = await claimJob(db, kinds, newClaim(options));
    // An outage is logged once and not at every poll.
    if (claimed.isErr() && !failing) log.error({ error: describeCause(claimed.error) }, "jobs cannot be claimed");
    if (claimed.isOk() && failing) log.info({}, "jobs can be claimed again");
    failing = claimed.isErr();
    return claimed.unwrapOr(undefined);
  };

  const begin = async (job: JobRow): Promise<void> => {
    const run = stopped ? await releaseJob(db, job, options) : await beginJob(db, job, handlers, options);
    if (!run) return;
    runs.add(run);
    void run.ended.then(() => {
      runs.delete(run);
      wake();
    });
  };

  const mayClaim = (): boolean => !stopped && runs.size < concurrency;

  const claimWhileWoken = async (): Promise<void> => {
    busy = true;
    while (woken) {
      woken = false;
      while (mayClaim()) {
        const job = await claim();
        if (!job) break;
        await begin(job);
      }
    }
    busy = false;
  };

  const wake = (): void => {
    woken = true;
    if (!busy) claiming = inOwnContext(claimWhileWoken);
  };

  const poll = (): void => {
    callOffPoll = clock.after(pollMilliseconds, poll);
    wake();
  };

  poll();
  return {
    wake,
    stop: async (graceMs) => {
      stopped = true;
      callOffPoll();
      await claiming;
      // The timers of the clock do not keep the process alive.
      const alive = setInterval(() => undefined, 60_000);
      if (graceMs > 0) await atMost(clock, graceMs, Promise.all([...runs].map((run) => run.ended)));
      clearInterval(alive);
      const handedBack = await Promise.all([...runs].map((run) => run.handBack()));
      return Result.combine(handedBack).map(() => undefined);
    },
  };
}
