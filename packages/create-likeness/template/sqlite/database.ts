import { makeFolder } from "@likeness/blobs/disk";
import type { Log } from "@likeness/core";
import { sqliteStorage } from "@likeness/kysely";
import Database from "better-sqlite3";

export const databaseNeeds = {};

/** The store and the queue of jobs, both in the SQLite file `likeness.db`. */
export async function openDatabase({ folder, log }: { readonly folder: string; readonly log: Log }) {
  await makeFolder(folder);
  const opened = await sqliteStorage(new Database(`${folder}/likeness.db`), { log });
  if (opened.isErr()) throw new Error(`The database cannot be used: ${opened.error.type}`, { cause: opened.error });
  const { db, store, queue } = opened.value;
  return { store, queue, close: () => db.destroy() };
}
