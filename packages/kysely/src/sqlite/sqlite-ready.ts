import type { ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import type { DatabaseNotWritable } from "../database-not-writable.ts";
import { migrationsTaken, type MigrationsPending } from "../migrations/migrations-taken.ts";
import { sqliteMigrations } from "./sqlite-migrations.ts";
import { sqliteWritable } from "./sqlite-writable.ts";

/** Whether the database answers, its tables are up to date, and rows can be written, for readiness checks. Writes none. */
export const sqliteReady = (
  db: Kysely<Database>,
): ResultAsync<void, MigrationsPending | DatabaseNotWritable | StorageFailure> =>
  migrationsTaken(db, sqliteMigrations).andThen(() => sqliteWritable(db));
