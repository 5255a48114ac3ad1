import { err, ok, type Result, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import type { DatabaseNotWritable } from "../database-not-writable.ts";
import { migrationsTaken, type MigrationsPending } from "../migrations/migrations-taken.ts";
import { postgresMigrations } from "./postgres-migrations.ts";
import { postgresWritable } from "./postgres-writable.ts";

/**
 * Without these settings a commit may be lost after a paid request.
 * https://www.postgresql.org/docs/current/wal-reliability.html
 */
const settings = ["fsync", "full_page_writes", "synchronous_commit"] as const;

/** The settings of the server, the role or the database allow commits to be lost. */
export interface PostgresSettingUnsafe {
  readonly type: "postgres-setting-unsafe";
  readonly setting: (typeof settings)[number];
  readonly actual: string;
}

export interface PostgresReadyOptions {
  /** `false` is for tests only: the server may then lose commits when its computer crashes. Default true. */
  readonly durable?: boolean | undefined;
}

/**
 * Whether the database answers, its tables are up to date, rows can be written and a commit lasts, for readiness
 * checks.
 */
export const postgresReady = (
  db: Kysely<Database>,
  { durable = true }: PostgresReadyOptions = {},
): ResultAsync<void, MigrationsPending | DatabaseNotWritable | PostgresSettingUnsafe | StorageFailure> =>
  migrationsTaken(db, postgresMigrations)
    .andThen(() => postgresWritable(db))
    .andThen(() => (durable ? commitsLast(db) : ok(undefined)));

const commitsLast = (db: Kysely<Database>): ResultAsync<void, PostgresSettingUnsafe | StorageFailure> =>
  attempt(db, async () => {
    const query = sql<{ readonly setting: (typeof settings)[number]; readonly actual: string }>`
      select name as setting, setting as actual from pg_settings
      where name in (${sql.join(settings)}) and setting = 'off' order by name`;
    return (await query.execute(db)).rows[0];
  }).andThen((unsafe): Result<void, PostgresSettingUnsafe> => {
    return unsafe ? err({ type: "postgres-setting-unsafe", ...unsafe }) : ok(undefined);
  });
