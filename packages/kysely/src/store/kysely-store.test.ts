import { describeStore } from "@likeness/testing";
import { systemClock } from "@likeness/core";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { temporarySqlite } from "../testing/temporary-sqlite.ts";
import { kyselyStore } from "./kysely-store.ts";

async function create() {
  const { db } = await temporarySqlite();
  return kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: systemClock }).within });
}

describeStore("Kysely on SQLite", create);
