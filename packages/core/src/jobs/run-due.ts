import { ok, ResultAsync, safeTry } from "neverthrow";
import type { Crossings } from "../orders/crossings.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobEnd, JobHandlers, RunningJob } from "../ports/job-queue.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { sweep } from "./sweep.ts";

export interface RunDue {
  /** How many jobs are claimed at most. */
  readonly limit: number;
  /** After how many milliseconds no more jobs are claimed, and those that still run are handed back. */
  readonly deadlineMs: number;
  /** The handlers of the channels, as `start` takes them. */
  readonly handlers?: JobHandlers | undefined;
}

/** What one call of `runDue` did. */
export interface DueRun {
  /** Jobs that ended as they should, also those that run once more later. */
  readonly done: number;
  /** Jobs that failed. They are tried again later, or are dead; the queue's log says which. */
  readonly failed: number;
  /** Jobs that did not end before the deadline, or whose claim another worker has taken: they run again. */
  readonly handedBack: number;
  /** False when the last look found no job that is due. */
  readonly more: boolean;
}

/** How many jobs run at once. */
const batchSize = 4;

/** See `Likeness.runDue`. */
export function runDue(
  ports: Ports,
  handlers: JobHandlers,
  crossings: Crossings,
  { limit, deadlineMs }: Pick<RunDue, "limit" | "deadlineMs">,
): ResultAsync<DueRun, StorageFailure> {
  const { queue, clock } = ports;
  return safeTry(async function* () {
    const counts = { done: 0, failed: 0, handedBack: 0 };
    if (deadlineMs <= 0) return ok({ ...counts, more: true });
    const deadline = startDeadline(clock, deadlineMs);
    yield* sweep(ports);
    let more = true;
    for (let left = limit; more && left > 0 && !deadline.isOver();) {
      const jobs = yield* queue.claimDue(handlers, Math.min(left, batchSize));
      const ends = await Promise.all(jobs.map((job) => endOrHandBack(job, deadline)));
      for (const end of ends) counts[yield* end] += 1;
      left -= jobs.length;
      more = jobs.length > 0;
    }
    deadline.callOff();
    if (counts.handedBack > 0) await crossings.ended();
    return ok({ ...counts, more });
  });
}

interface Deadline {
  readonly over: Promise<"over">;
  isOver(): boolean;
  callOff(): void;
}

function startDeadline(clock: Clock, milliseconds: number): Deadline {
  let isOver = false;
  let callOff = (): void => undefined;
  const over = new Promise<"over">((resolve) => {
    callOff = clock.after(milliseconds, () => {
      isOver = true;
      resolve("over");
    });
  });
  return { over, isOver: () => isOver, callOff };
}

/** By what a job is counted. */
const endOrHandBack = (job: RunningJob, { over }: Deadline): ResultAsync<keyof Omit<DueRun, "more">, StorageFailure> =>
  ResultAsync.fromSafePromise<JobEnd | "over">(Promise.race([job.ended, over])).andThen((end) => {
    if (end === "over") return job.handBack().map(() => "handedBack" as const);
    return ok(end === "lost" ? ("handedBack" as const) : end);
  });
