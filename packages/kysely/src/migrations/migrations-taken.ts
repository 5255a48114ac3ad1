import { err, ok, type Result, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { pendingMigrations } from "./migrate.ts";
import type { Migration } from "./migration.ts";

/** The tables are older than the program: `migrate` has not run. */
export interface MigrationsPending {
  readonly type: "migrations-pending";
  readonly migrations: readonly string[];
}

/** Whether the database answers and has taken every step. */
export const migrationsTaken = (
  db: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
): ResultAsync<void, MigrationsPending | StorageFailure> =>
  pendingMigrations(db, migrations).andThen((pending): Result<void, MigrationsPending> => {
    if (pending.length === 0) return ok(undefined);
    return err({ type: "migrations-pending", migrations: pending });
  });
