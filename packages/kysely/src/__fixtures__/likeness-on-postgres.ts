import { once } from "node:events";
import { describeLikeness, type CreateOperatorLedger, type LikenessPart } from "@likeness/testing";
import type { LogEvent } from "kysely";
import type { Pool, PoolConfig } from "pg";
import { kyselyCredits } from "../credits/kysely-credits.ts";
import { untilPauseOver } from "../pause.ts";
import { postgresPoolSettings } from "../postgres/postgres-pool-settings.ts";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { kept } from "./kept.ts";
import { nextDueQuery, pollingWhenDue } from "./polling-when-due.ts";
import { emptyTables, temporaryPostgres } from "./temporary-postgres.ts";

/**
 * No limits in real time: on a busy machine they would make jobs fail, which are tried again so much later by the
 * scenarios' clock that deadlines pass.
 */
const patient = { max: postgresPoolSettings.max, idleTimeoutMillis: 0 } as const satisfies PoolConfig;

const keptPostgres = kept({
  open: async (file) => {
    /** Whether the next due job may have changed. */
    const jobs = { used: true };
    const onQuery = ({ query }: LogEvent): void => {
      jobs.used ||= query.sql.includes("likeness_job");
    };
    const opened = await temporaryPostgres({ onQuery, poolSettings: patient }, file);
    return { ...opened, jobs };
  },
  empty: async ({ pool }) => void (await pool.query(emptyTables)),
});

/** An emptied database for each test. */
export const onPostgres: CreateOperatorLedger = async (clock) => {
  const { db, pool, jobs } = await keptPostgres(() => clock.advance(0));
  const polling = pollingWhenDue(clock);
  const noteNextDue = async (): Promise<void> => {
    jobs.used = false;
    const { rows } = await pool.query<{ due: string | null }>({ name: "next due", text: nextDueQuery });
    polling.noteNextDue(rows[0]?.due ?? undefined);
  };
  clock.waitFor(() => untilAnswered(pool) ?? untilPauseOver() ?? (jobs.used ? noteNextDue() : undefined));
  const queue = sqliteJobQueue(db, { clock: polling.clock });
  const credits = kyselyCredits(db, { prices: { training: 10, image: 0, upscale: 0 }, clock });
  return { store: kyselyStore(db, { jobs: queue.within }), queue, credits };
};

/** The suite on PostgreSQL, in parts for each test file: it waits for the server, so the files run side by side. */
export const describeOnPostgres = (...parts: readonly LikenessPart[]): void =>
  describeLikeness("PostgreSQL", onPostgres, { stories: 8, parts });

/** Until a statement or transaction has ended; undefined when none is under way. */
const untilAnswered = (pool: Pool): Promise<unknown> | undefined =>
  pool.waitingCount > 0 || pool.idleCount < pool.totalCount ? once(pool, "release") : undefined;
