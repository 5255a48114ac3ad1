import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@likeness/core";
import {
  kyselyStore,
  migrate,
  prepareSqlite,
  sqliteDialect,
  sqliteJobQueue,
  sqliteMigrations,
  type Database as Tables,
} from "@likeness/kysely";
import { valueOf } from "@likeness/testing";
import Sqlite from "better-sqlite3";
import { Kysely } from "kysely";
import { recording } from "./recorded-statements.ts";
import type { Engine } from "./storage.ts";

export const sqliteEngine: Engine = {
  newSite: async () => {
    const directory = await mkdtemp(join(tmpdir(), "likeness-bench-"));
    let databases = 0;
    return {
      newDatabase: async () => join(directory, `${databases++}.db`),
      close: () => rm(directory, { recursive: true }),
    };
  },
  open: async (file, onStatement) => {
    const bare = openSqliteFile(file);
    const database = onStatement ? recording(bare, ({ sql }) => onStatement(sql)) : bare;
    const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
    await valueOf(migrate(db, sqliteMigrations));
    const queue = sqliteJobQueue(db, { clock: systemClock });
    return {
      store: kyselyStore(db, { jobs: queue.within }),
      queue,
      db,
      fill: async (work) => {
        const usualCache = bare.pragma("cache_size", { simple: true });
        for (const setting of hasty) bare.pragma(setting);
        await work({ db, timeOf: (seconds) => `strftime('%Y-%m-%dT%H:%M:%S.000Z', ${seconds}, 'unixepoch')` });
        bare.pragma(`cache_size = ${String(usualCache)}`);
        prepare(bare);
      },
      close: () => db.destroy(),
    };
  },
};

/** A new file needs no way back; every index fits into 400 MB of cache. https://www.sqlite.org/pragma.html */
const hasty = ["journal_mode = off", "synchronous = off", "foreign_keys = off", "cache_size = -400000"];

/** Opened with the settings of the store for the baseline too, so that a commit is on disk. */
export function openSqliteFile(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  prepare(database);
  return database;
}

function prepare(database: Sqlite.Database): void {
  const prepared = prepareSqlite(database);
  if (prepared.isErr()) throw new Error("SQLite did not take its settings", { cause: prepared.error });
}
