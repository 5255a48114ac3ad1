import { mkdirSync } from "node:fs";
import { migrate, prepareSqlite, sqliteDialect, sqliteMigrations, type Database as Tables } from "@likeness/kysely";
import Database from "better-sqlite3";
import { Kysely } from "kysely";

/** Opens a SQLite file in a folder, makes its settings and brings its tables up to date. */
export async function openDatabase(folder: string): Promise<Kysely<Tables>> {
  mkdirSync(folder, { recursive: true });
  const database = new Database(`${folder}/likeness.db`);
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
  const opened = await prepareSqlite(database).asyncAndThen(() => migrate(db, sqliteMigrations));
  if (opened.isErr())
    throw new Error(`the database could not be opened: ${opened.error.type}`, { cause: opened.error });
  return db;
}
