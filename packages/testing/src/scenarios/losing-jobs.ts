import type { Job, Repositories } from "@likeness/core";
import { okAsync } from "neverthrow";
import type { CreateStorage } from "./stage.ts";

/**
 * A storage whose transactions drop jobs of some kinds, so that the scenario runs them itself, or the sweeper has to.
 */
export const losingJobs =
  (create: CreateStorage, lost: (job: Job) => boolean): CreateStorage =>
  async (clock) => {
    const { store, queue } = await create(clock);
    const losing = ({ jobs }: Repositories): Repositories["jobs"] => ({
      enqueue: (job) => (lost(job) ? okAsync(undefined) : jobs.enqueue(job)),
    });
    return {
      queue,
      store: { ...store, atomically: (work) => store.atomically((tx) => work({ ...tx, jobs: losing(tx) })) },
    };
  };
