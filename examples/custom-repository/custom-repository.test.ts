import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
import { describeStore, valueOf } from "@likeness/testing";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { onTestFinished } from "vitest";
import { plainSessions } from "./plain-sessions.ts";
import { withRepositories } from "./with-repositories.ts";

// All that an adapter's author writes to know that it works: the suite, and how to make an empty store.
describeStore("Kysely's with sessions of one's own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "likeness-custom-repository-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "likeness.db");
  writeFileSync(file, await (migrated ??= migratedFile(join(folder, "model.db"))));
  const { db, database } = open(file);
  onTestFinished(() => db.destroy());
  const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });
  return withRepositories(store, { sessions: plainSessions(database) });
});

/** The bytes of an empty database. To migrate one takes longer than most tests. */
let migrated: Promise<Buffer> | undefined;

async function migratedFile(file: string): Promise<Buffer> {
  const { db, database } = open(file);
  await valueOf(migrate(db, sqliteMigrations));
  const bytes = database.serialize();
  await db.destroy();
  return bytes;
}

function open(file: string): { readonly db: Kysely<Tables>; readonly database: Database.Database } {
  const database = new Database(file);
  prepareSqlite(database)._unsafeUnwrap();
  // No test cuts the power, so none waits for the disk.
  database.pragma("synchronous = off");
  return { database, db: new Kysely<Tables>({ dialect: sqliteDialect({ database }) }) };
}
