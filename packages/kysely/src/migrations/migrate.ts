import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Migrator } from "kysely/migration";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import type { Migration } from "./migration.ts";
import { migratorClass } from "./migrator-class.ts";

/** A step failed and left nothing behind; neither did the steps before it in the same run. */
export interface MigrationFailure {
  readonly type: "migration-failure";
  /** Name of the step, where it was one. */
  readonly migration?: string;
  readonly cause: unknown;
}

type Migrations = Readonly<Record<string, Migration>>;

/** Brings the tables up to date in one transaction, and returns the names of the steps it took: none when they were. */
export const migrate = (
  db: Kysely<Database>,
  migrations: Migrations,
): ResultAsync<string[], MigrationFailure | StorageFailure> =>
  attempt(db, async () => (await migrator(db, migrations)).migrateToLatest()).andThen(({ error, results = [] }) => {
    if (error === undefined) return okAsync(results.map(({ migrationName }) => migrationName));
    const failed = results.find(({ status }) => status === "Error");
    return errAsync({ type: "migration-failure", migration: failed?.migrationName, cause: error } as const);
  });

/** The names of the steps that are still to be taken. Writes nothing. */
export const pendingMigrations = (
  db: Kysely<Database>,
  migrations: Migrations,
): ResultAsync<string[], StorageFailure> =>
  attempt(db, async () => {
    const known = await (await migrator(db, migrations)).getMigrations();
    return known.filter(({ executedAt }) => !executedAt).map(({ name }) => name);
  });

/** With tables of its own, so that a host can keep its migrations in the same database. */
const migrator = async (db: Kysely<Database>, migrations: Migrations): Promise<Migrator> => {
  const LatestMigrator = await migratorClass();
  return new LatestMigrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: "likeness_migration",
    migrationLockTableName: "likeness_migration_lock",
  });
};
