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

export interface TemporarySqlite {
  readonly path: string;
  readonly database: Sqlite.Database;
  readonly db: Kysely<Database>;
}

/** A path in a new folder, which is deleted when the test ends. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "likeness-kysely-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "likeness.db");
}

/** Opens a file as a program would; it is closed when the test ends. */
export function openSqlite(path: string, log?: (event: LogEvent) => void): TemporarySqlite {
  const database = new Sqlite(path);
  onTestFinished(() => void database.close());
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
export async function temporarySqlite(log?: (event: LogEvent) => void): Promise<TemporarySqlite> {
  const path = temporaryPath();
  writeFileSync(path, await (migrated ??= migratedFile()));
  const opened = openSqlite(path, log);
  opened.database.pragma("synchronous = off");
  return opened;
}
