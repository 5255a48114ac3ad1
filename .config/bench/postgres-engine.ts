import { systemClock } from "@likeness/core";
import {
  kyselyStore,
  migrate,
  postgresDialect,
  postgresMigrations,
  postgresPoolSettings,
  type Database as Tables,
} from "@likeness/kysely";
import { pgBossJobQueue, pgBossSettings } from "@likeness/pg-boss";
import { valueOf } from "@likeness/testing";
import { Kysely, sql } from "kysely";
import { Client, Pool } from "pg";
import { PgBoss } from "pg-boss";
import { startPostgres } from "../postgres/start-postgres.ts";
import type { Engine } from "./storage.ts";

/** A server of its own on this computer, whose commits are on disk, reached through a Unix socket. */
export const postgresEngine: Engine = {
  newSite: async () => {
    const server = await startPostgres({ durable: true });
    let databases = 0;
    return {
      newDatabase: async () => {
        const url = new URL(server.url);
        url.pathname = `/bench_${databases++}`;
        await administer(server.url, `create database ${url.pathname.slice(1)}`);
        return url.href;
      },
      close: () => server.stop(),
    };
  },
  open: async (connectionString) => {
    // A deployment fills no table with a million rows at once.
    const pool = new Pool({ connectionString, ...postgresPoolSettings, statement_timeout: 0 });
    const db = new Kysely<Tables>({ dialect: postgresDialect({ pool }) });
    await valueOf(migrate(db, postgresMigrations));
    const boss = new PgBoss({ connectionString, ...pgBossSettings });
    boss.on("error", (error) => console.error(error));
    await boss.start();
    const queue = pgBossJobQueue(boss, { clock: systemClock });
    return {
      store: kyselyStore(db, { jobs: queue.within }),
      queue,
      db,
      settle: async () => void (await sql`vacuum analyze`.execute(db)),
      close: async () => {
        await boss.stop();
        await db.destroy();
      },
    };
  },
};

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
