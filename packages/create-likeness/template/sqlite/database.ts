import { makeFolder } from "@likeness/blobs/disk";
import { orThrow, type Log } from "@likeness/core";
import { sqliteStorage } from "@likeness/kysely";
import Database from "better-sqlite3";

export const databaseNeeds = {};

/** The store and the queue of jobs, both in the SQLite file `likeness.db`. */
export async function openDatabase({ folder, log }: { readonly folder: string; readonly log: Log }) {
  await makeFolder(folder);
  const { store, queue, db } = orThrow(await sqliteStorage(new Database(`${folder}/likeness.db`), { log }));
  return { store, queue, close: () => db.destroy() };
}
