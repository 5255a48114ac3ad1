import type { Job } from "@likeness/core";
import { okAsync } from "neverthrow";
import { withinTransactions } from "./replaced-parts.ts";
import type { CreateStorage } from "./stage.ts";

/**
 * A storage whose transactions drop jobs of some kinds, so that the scenario runs them itself, or the sweeper has to.
 */
export const losingJobs = (create: CreateStorage, lost: (job: Job) => boolean): CreateStorage =>
  withinTransactions(create, ({ jobs }) => ({
    jobs: { enqueue: (job) => (lost(job) ? okAsync(undefined) : jobs.enqueue(job)) },
  }));
