import { err, ok, okAsync, ResultAsync, type Result } from "neverthrow";
import type { Crossings } from "../orders/crossings.ts";
import type { Clock } from "../ports/clock.ts";
import type { JobEnd, JobHandlers, JobQueue, RunningJob } from "../ports/job-queue.ts";
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
  /** False when the last look found no job that is due, and none was handed back. */
  readonly more: boolean;
}

/** How many jobs run at once. */
const concurrency = 4;

/** See `Likeness.runDue`. */
export function runDue(
  ports: Ports,
  handlers: JobHandlers,
  crossings: Crossings,
  { limit, deadlineMs }: Pick<RunDue, "limit" | "deadlineMs">,
): ResultAsync<DueRun, StorageFailure> {
  if (deadlineMs <= 0) return okAsync({ done: 0, failed: 0, handedBack: 0, more: true });
  const deadline = startDeadline(ports.clock, deadlineMs);
  const run = async (): Promise<Result<DueRun, StorageFailure>> => {
    const ran = await sweep(ports).andThen(() => new ResultAsync(runJobs(ports.queue, handlers, limit, deadline)));
    deadline.callOff();
    // After a failure too: the host may end this process when the call returns.
    if (ran.isErr() || ran.value.handedBack > 0) await crossings.ended();
    return ran;
  };
  return new ResultAsync(run());
}

/** Claims again whenever a job has ended, and after a failure only waits for what runs. */
async function runJobs(
  queue: JobQueue,
  handlers: JobHandlers,
  limit: number,
  deadline: Deadline,
): Promise<Result<DueRun, StorageFailure>> {
  const counts = { done: 0, failed: 0, handedBack: 0 };
  const running = new Set<Promise<void>>();
  let left = limit;
  let more = true;
  let failure: StorageFailure | undefined;
  const fail = (error: StorageFailure): void => void (failure ??= error);

  const begin = (job: RunningJob): void => {
    const counted = endOrHandBack(job, deadline).match((end) => void (counts[end] += 1), fail);
    const ended = counted.then(() => void running.delete(ended));
    running.add(ended);
  };

  const claim = async (free: number): Promise<void> => {
    const claimed = await queue.claimDue(handlers, free);
    if (claimed.isErr()) return fail(claimed.error);
    left -= claimed.value.length;
    more = claimed.value.length > 0;
    claimed.value.forEach(begin);
  };

  for (;;) {
    const free = Math.min(left, concurrency - running.size);
    if (free > 0 && !failure && !deadline.isOver()) await claim(free);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  return failure ? err(failure) : ok({ ...counts, more: more || counts.handedBack > 0 });
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
