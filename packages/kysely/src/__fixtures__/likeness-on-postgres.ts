import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { describeLikeness, type CreateStorage, type LikenessPart } from "@likeness/testing";
import type { Pool } from "pg";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { kyselyStore } from "../store/kysely-store.ts";
import { fewTimers } from "./few-timers.ts";
import { emptiedPostgres } from "./temporary-postgres.ts";

const onPostgres: CreateStorage = async (clock) => {
  const { db, pool } = await emptiedPostgres();
  clock.waitFor(() => untilIdle(pool));
  const queue = sqliteJobQueue(db, { clock: fewTimers(clock) });
  return { store: kyselyStore(db, { jobs: queue.within }), queue };
};

/** The suite on PostgreSQL, in parts for each test file: it waits for the server, so the files run side by side. */
export const describeOnPostgres = (...parts: readonly LikenessPart[]): void =>
  describeLikeness("PostgreSQL", onPostgres, { stories: 8, parts });

/** Until every statement is answered, and has had its consequences. */
async function untilIdle(pool: Pool): Promise<void> {
  while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) {
    await once(pool, "release");
    await setImmediate();
  }
}
