import type { ConstructorOptions, Queue, WorkOptions } from "pg-boss";

const day = 86_400;

/**
 * Settings for the `PgBoss`, besides its connection. pg-boss's supervisor finds the jobs of processes that died; by
 * default it runs once a minute, with these settings within 15 s. NOTIFY wakes waiting workers, on a separate
 * connection; where sessions cannot listen (PgBouncer in transaction mode) set `useListenNotify: false`.
 *
 * @example
 * const boss = new PgBoss({ connectionString, ...pgBossSettings });
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/constructor.md
 */
export const pgBossSettings = {
  max: 4,
  useListenNotify: true,
  superviseIntervalSeconds: 1,
  monitorIntervalSeconds: 1,
  maintenanceIntervalSeconds: 600,
  schedule: false,
} as const satisfies ConstructorOptions;

/** The minimum of pg-boss. It detects a process that died; the expiry of a quarter of an hour, a handler that hangs. */
export const heartbeatSeconds = 10;

/** Settings of the queue of a kind. */
export const queueSettings = (maximumAttempts: number) =>
  ({
    retryLimit: maximumAttempts - 1,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 3_600,
    heartbeatSeconds,
    expireInSeconds: 900,
    // By default pg-boss deletes jobs that were not run for two weeks.
    retentionSeconds: 365 * day,
    deleteAfterSeconds: 3_600,
    notify: true,
  }) satisfies Omit<Queue, "name">;

export const deadLetterSettings = { retentionSeconds: 365 * day } satisfies Omit<Queue, "name">;

/** NOTIFY announces only new jobs. Jobs that become due, and retries, are found by polling. */
export const workSettings = {
  batchSize: 1,
  includeMetadata: true,
  perJobResults: true,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
} as const satisfies WorkOptions;
