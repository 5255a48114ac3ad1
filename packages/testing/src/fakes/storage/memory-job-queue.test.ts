import { describeJobQueue } from "../../contracts/job-queue/describe-job-queue.ts";
import { memoryStore } from "./memory-store.ts";

describeJobQueue("memory", async (clock) => {
  const limits = { leaseSeconds: 30, maxAttempts: 4 };
  const { store, worker, jobs } = memoryStore({ clock, ...limits });
  return {
    ...limits,
    store,
    worker,
    jobs: async () => jobs().map(({ kind, key, dead }) => ({ kind, key, dead: dead !== undefined })),
  };
});
