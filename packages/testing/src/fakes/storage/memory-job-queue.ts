import {
  addSeconds,
  atMost,
  secondsBetween,
  type JobHandlers,
  type JobQueue,
  type RunningJob,
  type Timestamp,
} from "@likeness/core";
import { ok, ResultAsync } from "neverthrow";
import type { Bell } from "./bell.ts";
import { claimJobs, enqueueJob, forgetDeadJobs, handBack, nextDue, type Lease } from "./job-rows.ts";
import { memoryJobRecords } from "./memory-job-records.ts";
import { runJob, type JobRun, type JobRunOptions } from "./job-run.ts";
import type { StoredJob } from "./tables.ts";

/** A worker over the jobs of a memory store. It claims all due jobs at once, and waits by the clock. */
export interface MemoryJobQueue extends JobQueue {
  /** Resolves when no job with a handler of this worker is due or running. */
  drained(): Promise<void>;
}

export interface MemoryJobQueueOptions extends JobRunOptions {
  readonly bell: Bell;
  readonly nextId: () => string;
}

export function memoryJobQueue(options: MemoryJobQueueOptions): MemoryJobQueue {
  const { database, clock, bell, nextId, leaseSeconds } = options;
  const runs = new Set<JobRun>();
  let handlers: JobHandlers = {};
  let pumping: Promise<void> = Promise.resolve();
  let callOffTimer: (() => void) | undefined;
  let unhook: (() => void) | undefined;

  const leaseFrom = (now: Timestamp): Lease => ({ token: nextId, until: addSeconds(now, leaseSeconds) });

  const pump = (): Promise<void> => (pumping = pumping.then(claimAndRun));

  const claimAndRun = async (): Promise<void> => {
    const current = handlers;
    const kinds = new Set(Object.keys(current));
    if (kinds.size === 0) return;
    const now = clock.now();
    const step = await database.run((tables) => {
      const claimed = claimJobs(tables, kinds, now, leaseFrom(now));
      return ok({ claimed, next: nextDue(tables, kinds) });
    });
    const { claimed, next } = step.unwrapOr({ claimed: [], next: addSeconds(now, 1) });
    for (const job of claimed) begin(job, current);
    callOffTimer?.();
    if (next && handlers === current) callOffTimer = clock.after(secondsBetween(now, next) * 1000, () => void pump());
  };

  const begin = (job: StoredJob, current: JobHandlers): void => {
    const handler = current[job.kind];
    if (!handler) return;
    const run = runJob(job, handler, options);
    runs.add(run);
    void run.ended.then(() => {
      runs.delete(run);
      bell.ring();
    });
  };

  const runOnDemand = (job: StoredJob, given: JobHandlers): RunningJob[] => {
    const { kind, key } = job;
    const handler = given[kind];
    if (!handler) return [];
    const run = runJob(job, handler, options);
    void run.ended.then(bell.ring);
    const putBack = () => database.run((tables) => ok(handBack(tables, job, clock.now()))).andTee(bell.ring);
    return [{ kind, key, ended: run.ended, handBack: () => putBack().andTee(run.abort) }];
  };

  const ended = (): Promise<unknown> => Promise.all([...runs].map((run) => run.ended));

  const stop = async (graceMs: number): Promise<void> => {
    handlers = {};
    unhook?.();
    await pumping;
    callOffTimer?.();
    await atMost(clock, graceMs, ended());
    const left = [...runs];
    for (const run of left) run.abort();
    await database.run((tables) => ok(left.forEach(({ job }) => handBack(tables, job, clock.now()))));
    bell.ring();
  };

  return {
    enqueue: (job) =>
      database.run((tables) => ok(enqueueJob(tables, job, nextId(), clock.now()))).andTee(() => bell.ring()),
    forget: (keys) => database.run((tables) => ok(forgetDeadJobs(tables, keys))),
    records: memoryJobRecords(database.run, () => bell.ring()),
    start: (given) =>
      database
        .run(() => ok(undefined))
        .map(() => {
          handlers = given;
          unhook = bell.on(() => void pump());
          void pump();
        }),
    claimDue: (given, limit) =>
      database
        .run((tables) => {
          const [now, kinds] = [clock.now(), new Set(Object.keys(given))];
          return ok(claimJobs(tables, kinds, now, leaseFrom(now), limit));
        })
        .map((claimed) => claimed.flatMap((job) => runOnDemand(job, given))),
    stop: ({ graceMs }) => ResultAsync.fromSafePromise(stop(graceMs)),
    drained: async () => {
      for (await pump(); runs.size > 0; await pump()) await ended();
    },
  };
}
