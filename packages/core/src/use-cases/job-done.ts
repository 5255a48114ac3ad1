import type { JobOutcome } from "../ports/job-queue.ts";

/** There is nothing left to do, or never was. */
export const jobDone: JobOutcome = { type: "done" };
