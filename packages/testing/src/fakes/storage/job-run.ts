import { addSeconds, outcomeOfRun, type Clock, type JobEnd, type JobHandler } from "@likeness/core";
import { ok } from "neverthrow";
import { extendLease, finishJob } from "./job-rows.ts";
import type { MemoryDatabase } from "./memory-database.ts";
import type { StoredJob } from "./tables.ts";

export interface JobRun {
  readonly job: StoredJob;
  readonly abort: () => void;
  /** Resolves when the handler has ended and its outcome is stored. */
  readonly ended: Promise<JobEnd>;
}

export interface JobRunOptions {
  readonly database: MemoryDatabase;
  readonly clock: Clock;
  readonly leaseSeconds: number;
  readonly maxAttempts: number;
}

/** Runs a claimed job and renews its lease meanwhile. */
export function runJob(job: StoredJob, handler: JobHandler, options: JobRunOptions): JobRun {
  const { database, clock, maxAttempts } = options;
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const letGo = keepLease(job, abort, options);
  const { kind, key, payload, attempts: attempt } = job;

  const run = async (): Promise<JobEnd> => {
    const result = await outcomeOfRun(() => handler({ kind, key, payload, attempt, signal: controller.signal }));
    letGo();
    const stored = await database.run((tables) =>
      ok(finishJob(tables, job, result, { now: clock.now(), maxAttempts })),
    );
    if (!stored.unwrapOr(false)) return "lost";
    return result.isOk() ? "done" : "failed";
  };
  return { job, abort, ended: run() };
}

/** Renews the lease by the clock until it is released, or another worker has claimed the job. */
function keepLease(job: StoredJob, onLost: () => void, { database, clock, leaseSeconds }: JobRunOptions): () => void {
  let callOff: (() => void) | undefined;
  let kept = true;
  const letGo = (): void => {
    kept = false;
    callOff?.();
  };
  const renew = async (): Promise<void> => {
    const until = addSeconds(clock.now(), leaseSeconds);
    const held = await database.run((tables) => ok(extendLease(tables, job, until)));
    if (!kept) return;
    if (held.isErr() || held.value) return schedule();
    letGo();
    onLost();
  };
  const schedule = (): void => {
    callOff = clock.after((leaseSeconds * 1000) / 3, () => void renew());
  };
  schedule();
  return letGo;
}
