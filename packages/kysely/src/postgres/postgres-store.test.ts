import { systemClock } from "@likeness/core";
import { describeStore } from "@likeness/testing";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { emptiedPostgres } from "../__fixtures__/temporary-postgres.ts";

async function prepare() {
  const opened = await emptiedPostgres();
  const queue = sqliteJobQueue(opened.db, { clock: systemClock });
  return { ...opened, store: kyselyStore(opened.db, { jobs: queue.within }) };
}

describeStore("Kysely on PostgreSQL", async () => (await prepare()).store);
