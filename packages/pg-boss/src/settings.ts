import type { ConstructorOptions, Queue } from "pg-boss";

const day = 86_400;

/**
 * Settings for the `PgBoss`, besides its connection. pg-boss's supervisor finds the jobs of processes that died; by
 * default it runs once a minute, with these settings within 15 s.
 *
 * @example
 * const boss = new PgBoss({ connectionString, ...pgBossSettings });
 * @see https://github.com/timgit/pg-boss/blob/master/docs/api/constructor.md
 */
export const pgBossSettings = {
  max: 4,
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
    // The queue tells of new jobs itself, after their commit.
    notify: false,
  }) satisfies Omit<Queue, "name">;

export const deadLetterSettings = { retentionSeconds: 365 * day } satisfies Omit<Queue, "name">;
