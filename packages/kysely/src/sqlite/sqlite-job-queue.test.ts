import { describeJobQueue } from "@likeness/testing";
import { kyselyStore } from "../store/kysely-store.ts";
import { temporarySqlite } from "../testing/temporary-sqlite.ts";
import { sqliteJobQueue } from "./sqlite-job-queue.ts";

const leaseSeconds = 30;
const maximumAttempts = 4;

describeJobQueue("SQLite", async (clock) => {
  const { db } = await temporarySqlite();
  return {
    store: kyselyStore(db, { jobs: sqliteJobQueue(db, { clock }).within }),
    worker: (own) => sqliteJobQueue(db, { clock: own, leaseSeconds, maximumAttempts }),
    jobs: async () => {
      const rows = await db.selectFrom("job").select(["kind", "key", "dead_at"]).execute();
      return rows.map(({ kind, key, dead_at }) => ({ kind, key, dead: dead_at !== null }));
    },
    leaseSeconds,
    maxAttempts: maximumAttempts,
  };
});
