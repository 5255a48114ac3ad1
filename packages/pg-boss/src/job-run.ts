import { describeCause, outcomeOfRun, type Clock, type JobFailure, type JobHandler, type Log } from "@likeness/core";
import type { JobResult, JobWithMetadata } from "pg-boss";
import { jobOf, type JobSender, type StoredJob } from "./job-sender.ts";

export interface JobRunOptions {
  readonly sender: JobSender;
  readonly clock: Clock;
  readonly log: Log;
  readonly maximumAttempts: number;
}

/** A claimed job that is running. */
export interface JobRun {
  /** What pg-boss stores, if the claim is still valid. */
  readonly result: Promise<JobResult>;
  /** Aborts the handler and enqueues the job again; the handler's outcome is then ignored. */
  handBack(): Promise<void>;
}

/** Runs a claimed job. Its signal is aborted when its claim is lost. */
export function runJob(
  kind: string,
  claimed: JobWithMetadata<StoredJob>,
  handler: JobHandler,
  { sender, clock, log, maximumAttempts }: JobRunOptions,
): JobRun {
  const key = claimed.singletonKey ?? "";
  const attempt = claimed.retryCount + 1;
  const controller = new AbortController();
  let held = true;

  const lose = (): void => {
    held = false;
    log.warn({ kind, key, attempt }, "a lease was lost");
    controller.abort();
  };
  claimed.signal.addEventListener("abort", lose, { once: true });

  const completed: JobResult = { id: claimed.id, status: "completed" };

  const afterFailure = ({ permanent, cause }: JobFailure): JobResult => {
    const error = storableCause(cause);
    const dead = permanent || attempt >= maximumAttempts;
    if (dead) log.error({ kind, key, attempt, error }, "a job is dead");
    else log.warn({ kind, key, attempt, error }, "a job failed and will be tried again");
    return { id: claimed.id, status: dead ? "deadletter" : "failed", output: error };
  };

  const run = async (): Promise<JobResult> => {
    const ended = await outcomeOfRun(() => handler({ ...jobOf(kind, claimed), attempt, signal: controller.signal }));
    if (!held) return completed;
    held = false;
    if (ended.isErr()) return afterFailure(ended.error);
    if (ended.value.type === "again") await sendAgain(ended.value.at);
    return completed;
  };

  const sendAgain = (runAt: string): Promise<void> => sender.sendAgain({ ...jobOf(kind, claimed), runAt });

  let giveUp: (result: Promise<JobResult>) => void = () => undefined;
  const givenUp = new Promise<JobResult>((resolve) => (giveUp = resolve));

  return {
    result: Promise.race([run(), givenUp]).finally(() => claimed.signal.removeEventListener("abort", lose)),
    handBack: async () => {
      if (!held) return;
      held = false;
      controller.abort();
      const sent = sendAgain(clock.now());
      giveUp(sent.then(() => completed));
      await sent;
    },
  };
}

/** A description of an error, without characters that PostgreSQL's JSON cannot hold. */
const storableCause = (cause: unknown): string => describeCause(cause).replaceAll(/[\0\p{Surrogate}]/gu, "\uFFFD");
