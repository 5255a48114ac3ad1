import type { JobOutcome } from "../ports/job-queue.ts";

/** The outcome of a job that has nothing left to do. */
export const jobDone: JobOutcome = { type: "done" };
