import { AsyncLocalStorage } from "node:async_hooks";
import { atMost, type JobHandler, type JobHandlers } from "@likeness/core";
import type { JobResult, JobWithMetadata, PgBoss } from "pg-boss";
import { doneJobs } from "./done-jobs.ts";
import { keepLease } from "./fetched-lease.ts";
import { runJob, type JobRun, type JobRunOptions } from "./job-run.ts";
import { jobOf, type StoredJob } from "./job-sender.ts";
import { queueName } from "./queue-name.ts";
import type { Queues } from "./queues.ts";
import { settleFetched } from "./settle-fetched.ts";

export interface JobWorkerOptions extends JobRunOptions {
  /** How many jobs of a kind run at once. */
  readonly placesOf: (kind: string) => number;
  /** Hears of every claim that failed. */
  readonly report: (error: Error) => void;
}

export interface JobWorker {
  /** Looks for jobs of these kinds at once. */
  wake(kinds: Iterable<string>): void;
  stop(graceMs: number): Promise<void>;
}

/** How often jobs are looked for that became due, are to be tried again, or of which nobody told. */
const pollMilliseconds = 1_000;

/** The rest of this iteration of the event loop, in which more places may become free. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Claims the jobs that have a handler and runs them, until it is stopped; the first ones when it is woken. */
export function startWorker(boss: PgBoss, queues: Queues, handlers: JobHandlers, options: JobWorkerOptions): JobWorker {
  const kinds = Object.entries(handlers);
  const workers = new Map(
    kinds.map(([kind, handler], index) => {
      // So that the looks for all kinds are spread over the second.
      const firstPoll = (pollMilliseconds * (index + 1)) / kinds.length;
      return [kind, startKind(boss, queues, { kind, handler, firstPoll }, options)] as const;
    }),
  );
  return {
    wake: (woken) => {
      for (const kind of woken) workers.get(kind)?.wake();
    },
    stop: async (graceMs) => {
      const all = [...workers.values()];
      for (const each of all) each.claimNoMore();
      const ended = Promise.all(all.map((each) => each.ended()));
      if (graceMs > 0) await atMost(options.clock, graceMs, ended);
      const handedBack = await Promise.allSettled(all.map((each) => each.handBack()));
      await ended;
      for (const each of handedBack) if (each.status === "rejected") throw each.reason;
    },
  };
}

interface Kind {
  readonly kind: string;
  readonly handler: JobHandler;
  /** Milliseconds. */
  readonly firstPoll: number;
}

/** The places of a kind. A claim takes as many jobs as there are free ones, and only a full one is followed by another. */
function startKind(
  boss: PgBoss,
  queues: Queues,
  { kind, handler, firstPoll }: Kind,
  { placesOf, report, ...options }: JobWorkerOptions,
) {
  const { sender, clock } = options;
  const name = queueName(kind);
  const places = placesOf(kind);
  const done = doneJobs(boss, name, options);
  const runs = new Set<JobRun>();
  const taken = new Set<Promise<void>>();
  // Whoever wakes may be in a context, e.g. that of a transaction, which the jobs must not inherit.
  const inOwnContext = AsyncLocalStorage.snapshot();
  let stopped = false;
  let woken = false;
  let claiming: Promise<void> | undefined;
  let callOffPoll = (): void => undefined;

  const resultOf = (claimed: JobWithMetadata<StoredJob>): Promise<JobResult> => {
    const run = runJob(kind, claimed, handler, options);
    runs.add(run);
    return run.result.finally(() => runs.delete(run));
  };

  const handBack = async (claimed: JobWithMetadata<StoredJob>): Promise<JobResult> => {
    await sender.sendAgain({ ...jobOf(kind, claimed), runAt: clock.now() });
    return { id: claimed.id, status: "completed" };
  };

  const run = async (claimed: JobWithMetadata<StoredJob>): Promise<void> => {
    const lease = keepLease(boss, name, claimed, options);
    const result = stopped ? handBack(claimed) : resultOf({ ...claimed, signal: lease.signal });
    const isDone = await result.then(({ status }) => status === "completed").catch(() => false);
    lease.letGo();
    if (isDone) done.add(claimed);
    else await settleFetched(boss, queues, name, claimed, result, options);
  };

  const begin = (claimed: JobWithMetadata<StoredJob>): void => {
    const ended = run(claimed).finally(() => {
      taken.delete(ended);
      claimIfWoken();
    });
    taken.add(ended);
  };

  const claimWhileWoken = async (): Promise<void> => {
    while (woken) {
      await nextTurn();
      const batchSize = places - taken.size;
      if (stopped || batchSize <= 0) break;
      woken = false;
      const claimed = await boss.fetch<StoredJob>(name, { batchSize, includeMetadata: true }).catch((cause: Error) => {
        report(cause);
        return [];
      });
      woken ||= claimed.length === batchSize;
      claimed.forEach(begin);
    }
    claiming = undefined;
  };

  const claimIfWoken = (): void => {
    if (woken && !stopped && taken.size < places) claiming ??= inOwnContext(claimWhileWoken);
  };

  const wake = (): void => {
    woken = true;
    claimIfWoken();
  };

  const poll = (): void => {
    callOffPoll = clock.after(pollMilliseconds, poll);
    wake();
  };

  callOffPoll = clock.after(firstPoll, poll);
  return {
    wake,
    claimNoMore: (): void => {
      stopped = true;
      callOffPoll();
    },
    handBack: async (): Promise<void> => {
      await claiming;
      await Promise.all([...runs].map((each) => each.handBack()));
    },
    /** When nothing is claimed any more, all that was has ended. */
    ended: async (): Promise<void> => {
      await claiming;
      while (taken.size > 0) await Promise.all(taken);
      await done.flush();
    },
  };
}
