import { describe } from "vitest";
import { describeClaiming } from "./describe-claiming.ts";
import { describeEnqueueing } from "./describe-enqueueing.ts";
import { describeJobRecords } from "./describe-job-records.ts";
import { describeLeases } from "./describe-leases.ts";
import { describeRetries } from "./describe-retries.ts";
import { describeRunningAgain } from "./describe-running-again.ts";
import { describeStopping } from "./describe-stopping.ts";
import { describeTransactionalJobs } from "./describe-transactional-jobs.ts";
import { prepareWith, type CreateJobQueue, type JobQueueOptions } from "./subject.ts";

/**
 * The contract of a `JobQueue`. `create` is called once in each test and returns an empty queue; it closes what it
 * opens with the `onTestFinished` of the test.
 *
 * @example
 * describeJobQueue("memory", async (clock) => {
 *   const { store, worker, jobs } = memoryStore({ clock, leaseSeconds: 30, maxAttempts: 4 });
 *   return { store, worker, jobs: async () => jobs().map(({ dead, ...job }) => ({ ...job, dead: dead !== undefined })),
 *     leaseSeconds: 30, maxAttempts: 4 };
 * });
 */
export function describeJobQueue(name: string, create: CreateJobQueue, options: JobQueueOptions = {}): void {
  const prepare = prepareWith(create, options);
  const { realTime = false, transactions = true, records = false } = options;
  describe(`JobQueue: ${name}`, { timeout: realTime ? 180_000 : 20_000, concurrent: realTime }, () => {
    describeEnqueueing(prepare);
    describeRunningAgain(prepare);
    describeRetries(prepare);
    describeLeases(prepare);
    describeStopping(prepare);
    describeClaiming(prepare);
    if (transactions) describeTransactionalJobs(prepare);
    if (records) describeJobRecords(prepare);
  });
}
