import { describeLikeness } from "@likeness/testing";
import { kept } from "./__fixtures__/kept.ts";
import { nextDueQuery, pollingWhenDue } from "./__fixtures__/polling-when-due.ts";
import { emptySqlite, temporarySqlite } from "./__fixtures__/temporary-sqlite.ts";
import { untilPauseOver } from "./pause.ts";
import { sqliteJobQueue } from "./sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "./store/kysely-store.ts";

const keptSqlite = kept({
  open: async (file) => {
    const { db, database } = await temporarySqlite(undefined, file);
    return { db, database, nextDue: database.prepare<[], { due: string | null }>(nextDueQuery) };
  },
  empty: async ({ database }) => emptySqlite(database),
});

describeLikeness("SQLite", async (clock) => {
  const { db, database, nextDue } = await keptSqlite(() => clock.advance(0));
  const polling = pollingWhenDue(clock);
  clock.waitFor(() => {
    const pause = untilPauseOver();
    if (!pause && !database.inTransaction) polling.noteNextDue(nextDue.get()?.due ?? undefined);
    return pause;
  });
  const queue = sqliteJobQueue(db, { clock: polling.clock });
  return { store: kyselyStore(db, { jobs: queue.within }), queue };
});
