import { makeFolder } from "@likeness/blobs/disk";
import { systemClock as clock, type Log } from "@likeness/core";
import { kyselyStore, migrate, prepareSqlite, sqliteDialect, sqliteJobQueue, sqliteMigrations } from "@likeness/kysely";
import type { Database as Tables } from "@likeness/kysely";
import Database from "better-sqlite3";
import { Kysely } from "kysely";

export const databaseNeeds = {};

/** The store and the queue of jobs, both in the SQLite file `likeness.db`. */
export async function openDatabase({ folder, log }: { readonly folder: string; readonly log: Log }) {
  await makeFolder(folder);
  const database = new Database(`${folder}/likeness.db`);
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
  const opened = await prepareSqlite(database).asyncAndThen(() => migrate(db, sqliteMigrations));
  if (opened.isErr()) throw new Error(`The database cannot be used: ${opened.error.type}`, { cause: opened.error });
  const queue = sqliteJobQueue(db, { clock, log });
  return { store: kyselyStore(db, { jobs: queue.within }), queue, close: () => db.destroy() };
}
