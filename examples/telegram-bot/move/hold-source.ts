import { existsSync } from "node:fs";
import { migrate, prepareSqlite, sqliteDialect, sqliteMigrations, type Database as Tables } from "@likeness/kysely";
import Database from "better-sqlite3";
import { Kysely } from "kysely";

export interface HeldSource {
  readonly type: "held";
  readonly db: Kysely<Tables>;
  /** Brings the tables up to date, as the bot would at its start. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the SQLite file for this process alone, until it is closed or the process dies: no bot runs on it, and none can
 * start. https://www.sqlite.org/pragma.html#pragma_locking_mode
 */
export async function holdSource(
  file: string,
): Promise<HeldSource | { readonly type: "missing" | "in-use" | "not-likeness" }> {
  if (!existsSync(file)) return { type: "missing" };
  // Makes the files beside it private, as the bot does.
  process.umask(0o077);
  const database = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    // Set before the first access: a connection in WAL mode keeps the lock that this one needs, also while it is idle.
    database.pragma("locking_mode = exclusive");
    database.exec("begin exclusive; commit");
    if (!isLikeness(database)) {
      database.close();
      return { type: "not-likeness" };
    }
  } catch (error) {
    database.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY"))
      return { type: "in-use" };
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
  return {
    type: "held",
    db,
    migrate: async () => {
      const migrated = await prepareSqlite(database).asyncAndThen(() => migrate(db, sqliteMigrations));
      if (migrated.isErr()) throw "cause" in migrated.error ? migrated.error.cause : new Error(migrated.error.detail);
    },
    close: () => db.destroy(),
  };
}

/** Any other file would get our tables. */
const isLikeness = (database: Database.Database): boolean =>
  database.prepare("select 1 from sqlite_schema where type = 'table' and name = 'likeness_migration'").get() !==
  undefined;
