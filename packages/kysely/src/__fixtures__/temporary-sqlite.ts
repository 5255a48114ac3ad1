import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { Kysely, type LogEvent } from "kysely";
import { onTestFinished } from "vitest";
import type { Database } from "../database.ts";
import { migrate } from "../migrations/migrate.ts";
import { prepareSqlite } from "../sqlite/prepare-sqlite.ts";
import { sqliteDialect } from "../sqlite/sqlite-dialect.ts";
import { sqliteMigrations } from "../sqlite/sqlite-migrations.ts";
import type { Ending } from "./kept.ts";

export interface TemporarySqlite {
  readonly path: string;
  readonly database: Sqlite.Database;
  readonly db: Kysely<Database>;
}

/** A path in a new folder, which is deleted when the test ends. */
export function temporaryPath(test: Ending = { onTestFinished }): string {
  const folder = mkdtempSync(join(tmpdir(), "likeness-kysely-"));
  test.onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "likeness.db");
}

/** Opens a file as a program would; it is closed when the test ends. */
export function openSqlite(
  path: string,
  log?: (event: LogEvent) => void,
  test: Ending = { onTestFinished },
): TemporarySqlite {
  const database = new Sqlite(path);
  test.onTestFinished(() => void database.close());
  prepareSqlite(database)._unsafeUnwrap();
  return { path, database, db: new Kysely<Database>({ dialect: sqliteDialect({ database }), log }) };
}

/** The bytes of a migrated file. To migrate takes twenty milliseconds, as long as half of the tests that need one. */
let migrated: Promise<Buffer> | undefined;

async function migratedFile(): Promise<Buffer> {
  const { db, database } = openSqlite(temporaryPath());
  (await migrate(db, sqliteMigrations))._unsafeUnwrap();
  return database.serialize();
}

/** A new, migrated file, without waiting for the disk, because no test cuts the power. */
export async function temporarySqlite(log?: (event: LogEvent) => void, test?: Ending): Promise<TemporarySqlite> {
  const path = temporaryPath(test);
  writeFileSync(path, await (migrated ??= migratedFile()));
  const opened = openSqlite(path, log, test);
  opened.database.pragma("synchronous = off");
  return opened;
}

/** Deletes all rows but those of the migrations. */
export function emptySqlite(database: Sqlite.Database): void {
  const tables = database
    .prepare<[], string>("select name from sqlite_schema where type = 'table' and name not like '%migration%'")
    .pluck()
    .all();
  database.pragma("foreign_keys = off");
  database.transaction(() => tables.forEach((table) => database.exec(`delete from "${table}"`)))();
  database.pragma("foreign_keys = on");
}
