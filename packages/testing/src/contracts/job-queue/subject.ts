import type { Clock, JobQueue, StorageFailure, Store } from "@likeness/core";
import type { Result } from "neverthrow";
import { valueOf } from "../../results/value-of.ts";
import { ownTime, realTime, type ContractTime } from "../contract-time.ts";

/** An empty queue, and what its suite needs besides the port. */
export interface JobQueueSubject {
  /** A worker over the storage of this test, not started, which takes the time from this clock. */
  worker(clock: Clock): JobQueue | Promise<JobQueue>;
  /** Every job in storage that is not finished. */
  jobs(): Promise<readonly { readonly kind: string; readonly key: string; readonly dead: boolean }[]>;
  /** After how many seconds without a heartbeat of its worker another one runs the job. */
  readonly leaseSeconds: number;
  /** At least 3. */
  readonly maxAttempts: number;
  /** The store whose transactions the jobs take part in. */
  readonly store?: Store | undefined;
  /**
   * Makes a worker hang while its handlers go on, as under SIGSTOP. Only for workers that do not use the given clock;
   * the suite stops the others by stopping their clock.
   */
  readonly freeze?: ((worker: JobQueue) => Promise<void>) | undefined;
}

/** vitest's context of the running test, because tests that run at once must not share cleanup. */
export interface RunningCase {
  onTestFinished(work: () => void | Promise<void>): void;
}

/** Written as a method, so that it may ask for all of vitest's `TestContext`, which it is given. */
export type CreateJobQueue = { create(clock: Clock, test: RunningCase): Promise<JobQueueSubject> }["create"];

export interface JobQueueOptions {
  /** Whether jobs are enqueued in the transactions of a store. Default true. */
  readonly transactions?: boolean | undefined;
  /** Whether the queue has its part for operators, `records`. Default false. */
  readonly records?: boolean | undefined;
  /**
   * For queues with a clock that tests cannot control, e.g. a database's. Its tests run at once, to share the waiting.
   * Default false.
   */
  readonly realTime?: boolean | undefined;
}

export interface JobQueueBench {
  readonly subject: JobQueueSubject;
  readonly time: ContractTime;
  /** A worker that is stopped when the test ends. */
  worker(): Promise<JobQueue>;
  openKeys(): Promise<string[]>;
  deadKeys(): Promise<string[]>;
  /** Waits until every job is done or dead. */
  finished(): Promise<void>;
}

/** Sets up one test. */
export type PrepareJobQueue = (test: RunningCase) => Promise<JobQueueBench>;

export const prepareWith =
  (create: CreateJobQueue, { realTime: isReal }: JobQueueOptions): PrepareJobQueue =>
  async (test) => {
    const time = isReal ? realTime() : ownTime();
    const subject = await create(time.clock, test);
    const keys = async (dead: boolean): Promise<string[]> =>
      (await subject.jobs()).filter((job) => job.dead === dead).map((job) => job.key);
    return {
      subject,
      time,
      worker: async () => {
        const worker = await subject.worker(time.clock);
        test.onTestFinished(() => valueOf(stopped(worker, time)));
        return worker;
      },
      openKeys: () => keys(false),
      deadKeys: () => keys(true),
      finished: () => time.until("every job is done or dead", async () => (await keys(false)).length === 0),
    };
  };

/** Stops a worker while time passes, which it may need for its grace. */
export async function stopped(
  worker: JobQueue,
  time: ContractTime,
  graceMs = 0,
): Promise<Result<void, StorageFailure>> {
  let result: Result<void, StorageFailure> | undefined;
  const stopping = Promise.resolve(worker.stop({ graceMs })).then((ended) => (result = ended));
  await time.until("the worker has stopped", () => result !== undefined);
  return stopping;
}
