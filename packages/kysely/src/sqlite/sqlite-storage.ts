import { systemClock, type Clock, type StorageFailure, type Store } from "@likeness/core";
import { Kysely } from "kysely";
import type { ResultAsync } from "neverthrow";
import type { Database } from "../database.ts";
import { migrate, type MigrationFailure } from "../migrations/migrate.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { prepareSqlite, type SqliteSettingRefused } from "./prepare-sqlite.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import type { SqliteHandle } from "./sqlite-handle.ts";
import { sqliteJobQueue, type SqliteJobQueue, type SqliteJobQueueOptions } from "./sqlite-job-queue.ts";
import { sqliteMigrations } from "./sqlite-migrations.ts";

export interface SqliteStorageOptions extends Omit<SqliteJobQueueOptions, "clock"> {
  readonly clock?: Clock | undefined;
}

/** `store` and `queue` are ports of `createLikeness`. */
export interface SqliteStorage {
  /** For `kyselyCredits`, `sqliteReady` and the like. `db.destroy()` closes the database, once `likeness.stop` has ended. */
  readonly db: Kysely<Database>;
  readonly store: Store;
  readonly queue: SqliteJobQueue;
}

/**
 * Store and job queue in one newly opened `better-sqlite3` database: applies the settings, and brings the tables up to
 * date. The caller opens the database, and closes it by `db.destroy()`; after an error there is no `db`, and
 * `database.close()` does it.
 *
 * @example
 * const storage = await sqliteStorage(database);
 * if (storage.isErr()) throw new Error("the database cannot be used", { cause: storage.error });
 * const { store, queue, db } = storage.value;
 */
export function sqliteStorage(
  database: SqliteHandle,
  { clock = systemClock, ...options }: SqliteStorageOptions = {},
): ResultAsync<SqliteStorage, SqliteSettingRefused | MigrationFailure | StorageFailure> {
  const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
  return prepareSqlite(database)
    .asyncAndThen(() => migrate(db, sqliteMigrations))
    .map(() => {
      const queue = sqliteJobQueue(db, { clock, ...options });
      return { db, store: kyselyStore(db, { jobs: queue.within }), queue };
    });
}
