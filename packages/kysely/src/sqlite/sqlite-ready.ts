import { err, ok, type Result, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { pendingMigrations } from "../migrations/migrate.ts";
import { sqliteMigrations } from "./sqlite-migrations.ts";

/** The tables are older than the program: `migrate` has not run. */
export interface MigrationsPending {
  readonly type: "migrations-pending";
  readonly migrations: readonly string[];
}

/** Whether the database answers and its tables are up to date, for readiness checks. */
export const sqliteReady = (db: Kysely<Database>): ResultAsync<void, MigrationsPending | StorageFailure> =>
  pendingMigrations(db, sqliteMigrations).andThen((pending): Result<void, MigrationsPending> => {
    if (pending.length === 0) return ok(undefined);
    return err({ type: "migrations-pending", migrations: pending });
  });
