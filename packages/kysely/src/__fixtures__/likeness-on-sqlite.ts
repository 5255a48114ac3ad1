import type { CreateOperatorLedger } from "@likeness/testing";
import { kyselyCredits } from "../credits/kysely-credits.ts";
import { untilPauseOver } from "../pause.ts";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { kept } from "./kept.ts";
import { nextDueQuery, pollingWhenDue } from "./polling-when-due.ts";
import { emptySqlite, temporarySqlite } from "./temporary-sqlite.ts";

const keptSqlite = kept({
  open: async (file) => {
    const { db, database } = await temporarySqlite(undefined, file);
    return { db, database, nextDue: database.prepare<[], { due: string | null }>(nextDueQuery) };
  },
  empty: async ({ database }) => emptySqlite(database),
});

/** An emptied file for each test. */
export const onSqlite: CreateOperatorLedger = async (clock) => {
  const { db, database, nextDue } = await keptSqlite(() => clock.advance(0));
  const polling = pollingWhenDue(clock);
  clock.waitFor(() => {
    const pause = untilPauseOver();
    if (!pause && !database.inTransaction) polling.noteNextDue(nextDue.get()?.due ?? undefined);
    return pause;
  });
  const queue = sqliteJobQueue(db, { clock: polling.clock });
  const credits = kyselyCredits(db, { prices: { training: 10, image: 0, upscale: 0 }, clock });
  return { store: kyselyStore(db, { jobs: queue.within }), queue, credits };
};
