import { makeFolder } from "@likeness/blobs/disk";
import { migrate, prepareSqlite, sqliteDialect, sqliteMigrations, type Database as Tables } from "@likeness/kysely";
import Database from "better-sqlite3";
import { Kysely } from "kysely";

/** Opens a SQLite file in a private folder, applies the settings and migrates its tables. */
export async function openDatabase(folder: string): Promise<Kysely<Tables>> {
  const file = `${folder}/likeness.db`;
  try {
    await makeFolder(folder);
    const database = new Database(file);
    const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
    const opened = await prepareSqlite(database).asyncAndThen(() => migrate(db, sqliteMigrations));
    if (opened.isOk()) return db;
    throw "cause" in opened.error ? opened.error.cause : new Error(opened.error.detail);
  } catch (error) {
    throw new Error(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
