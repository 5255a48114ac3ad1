import type { ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { migrationsTaken, type MigrationsPending } from "../migrations/migrations-taken.ts";
import { sqliteMigrations } from "./sqlite-migrations.ts";

/** Whether the database answers and its tables are up to date, for readiness checks. */
export const sqliteReady = (db: Kysely<Database>): ResultAsync<void, MigrationsPending | StorageFailure> =>
  migrationsTaken(db, sqliteMigrations);
