import type { ConstructorOptions, Queue, WorkOptions } from "pg-boss";

const day = 86_400;

/**
 * What to make the `PgBoss` of, beside its connection. The job of a process that died is found by the supervisor, which
 * pg-boss runs once a minute; with this it runs within 15 s. Waiting workers are woken by NOTIFY, on a connection of
 * its own; where there is no session to listen in (PgBouncer in transaction mode) set `useListenNotify: false`.
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

/** Of the queue of a kind. */
export const queueSettings = (maximumAttempts: number) =>
  ({
    retryLimit: maximumAttempts - 1,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 3_600,
    // The least that pg-boss allows. A process that died is told by it; a handler that hangs by the quarter of an hour.
    heartbeatSeconds: 10,
    expireInSeconds: 900,
    // By default pg-boss forgets after two weeks what nobody has run.
    retentionSeconds: 365 * day,
    deleteAfterSeconds: 3_600,
    notify: true,
  }) satisfies Omit<Queue, "name">;

export const deadLetterSettings = { retentionSeconds: 365 * day } satisfies Omit<Queue, "name">;

/** NOTIFY tells of new jobs alone: those that become due, and retries, are found by polling. */
export const workSettings = {
  batchSize: 1,
  includeMetadata: true,
  perJobResults: true,
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
} as const satisfies WorkOptions;
