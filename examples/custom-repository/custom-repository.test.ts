import { mkdtempSync, rmSync } from "node:fs";
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
  const database = new Database(join(folder, "likeness.db"));
  prepareSqlite(database)._unsafeUnwrap();
  const db = new Kysely<Tables>({ dialect: sqliteDialect({ database }) });
  onTestFinished(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  await valueOf(migrate(db, sqliteMigrations));
  const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });
  return withRepositories(store, { sessions: plainSessions(database) });
});
