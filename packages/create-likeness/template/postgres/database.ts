import { orThrow, systemClock as clock, type Log } from "@likeness/core";
import { kyselyStore, migrate, postgresDialect, postgresMigrations, postgresPoolSettings } from "@likeness/kysely";
import type { Database as Tables } from "@likeness/kysely";
import { pgBossJobQueue, pgBossSettings } from "@likeness/pg-boss";
import { Kysely } from "kysely";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { named } from "./problems.ts";

export const databaseNeeds = {
  DATABASE_URL: { is: "the address of a PostgreSQL database, postgres://…", looksLike: /^postgres(ql)?:\/\// },
};

/** The store and the queue of jobs, both in one PostgreSQL database. */
export async function openDatabase({ DATABASE_URL, log }: { readonly DATABASE_URL: string; readonly log: Log }) {
  const connectionString = DATABASE_URL;
  const pool = new pg.Pool({ connectionString, ...postgresPoolSettings });
  const db = new Kysely<Tables>({ dialect: postgresDialect({ pool, log }) });
  const unusable = "the database that DATABASE_URL names cannot be used";
  await named(unusable, async () => orThrow(await migrate(db, postgresMigrations)));
  const boss = new PgBoss({ connectionString, ...pgBossSettings });
  const queue = pgBossJobQueue(boss, { clock, log });
  await boss.start();
  const close = async (): Promise<void> => {
    await boss.stop({ graceful: false });
    await db.destroy();
  };
  return { store: kyselyStore(db, { jobs: queue.within }), queue, close };
}
