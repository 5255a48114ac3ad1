import { describeLikeness } from "@likeness/testing";
import { sqliteJobQueue } from "./sqlite/sqlite-job-queue.ts";
import { untilPauseOver } from "./pause.ts";
import { kyselyStore } from "./store/kysely-store.ts";
import { fewTimers } from "./__fixtures__/few-timers.ts";
import { temporarySqlite } from "./__fixtures__/temporary-sqlite.ts";

describeLikeness("SQLite", async (clock) => {
  const { db } = await temporarySqlite();
  clock.waitFor(untilPauseOver);
  const queue = sqliteJobQueue(db, { clock: fewTimers(clock) });
  return { store: kyselyStore(db, { jobs: queue.within }), queue };
});
