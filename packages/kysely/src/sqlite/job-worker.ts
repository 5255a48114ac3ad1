import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers";
import { Result } from "neverthrow";
import { atMost, describeCause, type JobHandlers, type StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { beginJob, releaseJob } from "./begin-job.ts";
import type { JobRun, JobRunOptions } from "./job-run.ts";
import { claimJobs } from "./job-statements.ts";
import type { JobRow } from "./job-table.ts";
import { newClaim } from "./lease.ts";

export interface JobWorkerOptions extends JobRunOptions {
  /** How many jobs of a kind run at once. */
  readonly placesOf: (kind: string) => number;
}

export interface JobWorker {
  /** Looks for jobs at once. During a transaction it looks after its end, because there is only one connection. */
  wake(): void;
  stop(graceMs: number): Promise<Result<void, StorageFailure>>;
}

/** How often the worker polls the table for jobs that became due, or that another process enqueued. */
const pollMilliseconds = 250;

/** The rest of this iteration of the event loop, in which others may wake the worker too. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Claims and runs the jobs that have a handler, until it is stopped. */
export function startWorker(db: Kysely<Database>, handlers: JobHandlers, options: JobWorkerOptions): JobWorker {
  const { clock, log, placesOf } = options;
  const kinds = Object.keys(handlers);
  const runs = new Set<JobRun>();
  const running = new Map<string, number>();
  // The caller of `wake` may be in a transaction, whose context the jobs must not inherit.
  const inOwnContext = AsyncLocalStorage.snapshot();
  let stopped = false;
  let failing = false;
  let woken = false;
  let busy = false;
  let claiming = Promise.resolve();
  let callOffPoll = (): void => undefined;

  /** Once for all kinds: it takes all that is due of each kind, or all that it has room for. */
  const claim = async (): Promise<readonly JobRow[]> => {
    if (stopped) return [];
    const ofKind = kinds.map((kind) => [kind, Math.max(0, placesOf(kind) - (running.get(kind) ?? 0))] as const);
    const inAll = ofKind.reduce((sum, [, count]) => sum + count, 0);
    // Without a question there is no answer that could tell of an outage, or of its end.
    if (inAll === 0) return [];
    const claimed = await claimJobs(db, { ofKind, inAll }, newClaim(options));
    // An outage is logged once and not at every poll.
    if (claimed.isErr() && !failing) log.error({ error: describeCause(claimed.error) }, "jobs cannot be claimed");
    if (claimed.isOk() && failing) log.info({}, "jobs can be claimed again");
    failing = claimed.isErr();
    return claimed.unwrapOr([]);
  };

  const count = (kind: string, change: number): void => void running.set(kind, (running.get(kind) ?? 0) + change);

  const begin = async (job: JobRow): Promise<void> => {
    const run = stopped ? await releaseJob(db, job, options) : await beginJob(db, job, handlers, options);
    // It was released or buried, and has left room for another one.
    if (!run) return wake();
    runs.add(run);
    count(job.kind, 1);
    void run.ended.then(() => {
      runs.delete(run);
      count(job.kind, -1);
      wake();
    });
  };

  const claimWhileWoken = async (): Promise<void> => {
    busy = true;
    while (woken) {
      // All that ended with the same commit, or was enqueued in it, is in the same claim.
      await nextTurn();
      woken = false;
      for (const job of await claim()) await begin(job);
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
