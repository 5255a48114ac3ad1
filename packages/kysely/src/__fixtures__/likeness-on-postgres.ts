import { once } from "node:events";
import { describeLikeness, type CreateStorage, type LikenessPart } from "@likeness/testing";
import type { Pool } from "pg";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { untilPauseOver } from "../pause.ts";
import { fewTimers } from "./few-timers.ts";
import { emptiedPostgres } from "./temporary-postgres.ts";

const onPostgres: CreateStorage = async (clock) => {
  const { db, pool } = await emptiedPostgres();
  clock.waitFor(() => untilAnswered(pool));
  clock.waitFor(untilPauseOver);
  const queue = sqliteJobQueue(db, { clock: fewTimers(clock) });
  return { store: kyselyStore(db, { jobs: queue.within }), queue };
};

/** The suite on PostgreSQL, in parts for each test file: it waits for the server, so the files run side by side. */
export const describeOnPostgres = (...parts: readonly LikenessPart[]): void =>
  describeLikeness("PostgreSQL", onPostgres, { stories: 8, parts });

/** Until a statement or transaction has ended; undefined when none is under way. */
const untilAnswered = (pool: Pool): Promise<unknown> | undefined =>
  pool.waitingCount > 0 || pool.idleCount < pool.totalCount ? once(pool, "release") : undefined;
