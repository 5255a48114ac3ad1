export { pgBossJobQueue } from "./pg-boss-job-queue.ts";
export type { PgBossJobQueue, PgBossJobQueueOptions } from "./pg-boss-job-queue.ts";
export { pgBossSettings } from "./settings.ts";
