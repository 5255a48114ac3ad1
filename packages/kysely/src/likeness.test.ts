import { describeLikeness } from "@likeness/testing";
import { nextDueQuery, pollingWhenDue } from "./__fixtures__/polling-when-due.ts";
import { temporarySqlite } from "./__fixtures__/temporary-sqlite.ts";
import { untilPauseOver } from "./pause.ts";
import { sqliteJobQueue } from "./sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "./store/kysely-store.ts";

describeLikeness("SQLite", async (clock) => {
  const { db, database } = await temporarySqlite();
  const polling = pollingWhenDue(clock);
  const nextDue = database.prepare<[], { due: string | null }>(nextDueQuery);
  clock.waitFor(() => {
    const pause = untilPauseOver();
    if (!pause && !database.inTransaction) polling.noteNextDue(nextDue.get()?.due ?? undefined);
    return pause;
  });
  const queue = sqliteJobQueue(db, { clock: polling.clock });
  return { store: kyselyStore(db, { jobs: queue.within }), queue };
});
