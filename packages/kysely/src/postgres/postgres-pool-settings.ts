/**
 * Settings for the `Pool` of `pg` that fit the store: all waits are short, so that a failing database leads to errors
 * and retries and not to a process that hangs. All but `max` are milliseconds. https://node-postgres.com/apis/pool,
 * https://www.postgresql.org/docs/current/runtime-config-client.html
 */
export const postgresPoolSettings = {
  max: 10,
  connectionTimeoutMillis: 2_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  /** Limits how long a process that hangs in a transaction keeps its locks. */
  idle_in_transaction_session_timeout: 10_000,
} as const;
