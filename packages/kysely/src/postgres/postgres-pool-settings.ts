/**
 * Settings for the `Pool` of `pg` that fit the store: nothing waits for long, so that a database in trouble is an error
 * that is tried again, not a process that hangs. All but `max` are milliseconds.
 * https://node-postgres.com/apis/pool, https://www.postgresql.org/docs/current/runtime-config-client.html
 */
export const postgresPoolSettings = {
  max: 10,
  connectionTimeoutMillis: 2_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  /** A process that stops in the middle of a transaction keeps its locks no longer. */
  idle_in_transaction_session_timeout: 10_000,
} as const;
