import { Worker } from "node:worker_threads";

/** Starts the worker in which photos are inspected. It does without what Node loads before the bot. */
export const inspectionWorker = (): Worker =>
  new Worker(new URL("./inspect-photos.ts", import.meta.url), { execArgv: [] });
