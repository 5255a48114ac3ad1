import { dirname } from "node:path";
import { makeFolder } from "@likeness/blobs/disk";
import type { Clock, Log } from "@likeness/core";
import {
  kyselyStore,
  migrate,
  prepareSqlite,
  sqliteDialect,
  sqliteJobQueue,
  sqliteMigrations,
  sqliteReady,
  type Database as Tables,
} from "@likeness/kysely";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { okAsync } from "neverthrow";
import { reasonOf } from "../leave.ts";
import type { SqliteLocation } from "../settings/locations.ts";
import { concurrencyOf } from "./places.ts";
import type { OpenMode, Storage } from "./storage.ts";

/** Store and job queue in the configured SQLite file, migrated. */
export async function openSqlite(
  { file }: SqliteLocation,
  clock: Clock,
  log: Log,
  mode: OpenMode = "migrate",
): Promise<Storage> {
  const db = await openDatabase(file, mode);
  const queue = sqliteJobQueue(db, { clock, log, concurrencyOf });
  return {
    store: kyselyStore(db, { jobs: queue.within }),
    queue,
    jobsWithin: queue.within,
    db,
    ready: () => sqliteReady(db),
    // The queue needs no check of its own, because its table is among the migrated ones.
    queueReady: () => sqliteReady(db),
    close: () => db.destroy(),
  };
}

async function openDatabase(file: string, mode: OpenMode): Promise<Kysely<Tables>> {
  try {
    // Makes the files of SQLite private, also in an existing folder.
    process.umask(0o077);
    const mayMake = mode === "migrate";
    if (mayMake) await makeFolder(dirname(file));
    const database = new Database(file, { fileMustExist: !mayMake });
    const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
    const opened = await prepareSqlite(database).asyncAndThen(() =>
      // Where no step is left to take, it refuses tables of a newer version.
      mode === "look" ? okAsync([]) : migrate(db, sqliteMigrations),
    );
    if (opened.isOk()) return db;
    throw "cause" in opened.error ? opened.error.cause : new Error(opened.error.detail);
  } catch (error) {
    throw new Error(`DATABASE_URL names a file that cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}
