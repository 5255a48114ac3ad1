import type { Clock, Log } from "@likeness/core";
import {
  kyselyStore,
  migrate,
  postgresDialect,
  postgresMigrations,
  postgresPoolSettings,
  postgresReady,
  type Database as Tables,
} from "@likeness/kysely";
import { pgBossJobQueue, pgBossSettings } from "@likeness/pg-boss";
import { Kysely } from "kysely";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { reasonOf } from "../leave.ts";
import type { PostgresLocation } from "../settings/locations.ts";
import { concurrencyOf } from "./places.ts";
import type { OpenMode, Storage } from "./storage.ts";

const applicationName = "likeness-bot";

/**
 * Store and job queue in the configured PostgreSQL database. Replicas that start together migrate one after the other.
 */
export async function openPostgres(
  { url }: PostgresLocation,
  clock: Clock,
  log: Log,
  mode: OpenMode = "migrate",
): Promise<Storage> {
  const pool = new pg.Pool({ connectionString: url, application_name: applicationName, ...postgresPoolSettings });
  const db = new Kysely<Tables>({ dialect: postgresDialect({ pool, log }) });
  const isLookedAt = mode === "look";
  const boss = new PgBoss({
    // What is only looked at is not started, and so has no connections of its own.
    ...(isLookedAt
      ? { db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) } }
      : { connectionString: url, application_name: applicationName }),
    ...pgBossSettings,
    migrate: mode === "migrate",
  });
  const queue = pgBossJobQueue(boss, { clock, log, concurrencyOf });
  try {
    // Where no step is left to take, it refuses tables of a newer version.
    const migrated = isLookedAt ? undefined : await migrate(db, postgresMigrations);
    if (migrated?.isErr()) throw migrated.error.cause;
    if (!isLookedAt) await boss.start();
  } catch (error) {
    await db.destroy();
    throw new Error(`DATABASE_URL names a database that cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  return {
    store: kyselyStore(db, { jobs: queue.within }),
    queue,
    jobsWithin: queue.within,
    db,
    ready: () => postgresReady(db),
    queueReady: queue.ready,
    close: async () => {
      if (!isLookedAt) await boss.stop({ graceful: false });
      await db.destroy();
    },
  };
}
