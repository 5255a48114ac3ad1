import { makeFolder } from "@likeness/blobs/disk";
import { orThrow, type Log } from "@likeness/core";
import { sqliteStorage } from "@likeness/kysely";
import Database from "better-sqlite3";
import { named } from "./problems.ts";

export const databaseNeeds = {};

/** The store and the queue of jobs, both in the SQLite file `likeness.db`. */
export async function openDatabase({ folder, log }: { readonly folder: string; readonly log: Log }) {
  const file = `${folder}/likeness.db`;
  const { store, queue, db } = await named(`the database ${file} cannot be used`, async () => {
    await makeFolder(folder);
    return orThrow(await sqliteStorage(new Database(file), { log }));
  });
  return { store, queue, close: () => db.destroy() };
}
