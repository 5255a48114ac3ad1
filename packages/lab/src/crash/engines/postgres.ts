import { orThrow } from "@likeness/core";
import {
  kyselyCredits,
  kyselyPurchases,
  kyselyStore,
  migrate,
  postgresDialect,
  postgresMigrations,
  postgresPoolSettings,
  type Database as Tables,
} from "@likeness/kysely";
import { pgBossJobQueue, pgBossSettings } from "@likeness/pg-boss";
import { CompiledQuery, Kysely, sql } from "kysely";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { prices } from "../host/funded-credits.ts";
import { distantSeconds, statementLog, unrelated, type Engine, type StatusHistory } from "./engine.ts";

/** A PostgreSQL with durable commits, as in production, and pg-boss. */
export const postgres: Engine = {
  replicas: 3,
  recoverySeconds: 15,
  releasedSeconds: 6,
  start: async () => {
    const server = await startPostgres({ durable: true });
    const administer = async (statement: string): Promise<void> => {
      const pool = new Pool({ connectionString: server.url, max: 1 });
      await pool.query(statement);
      await pool.end();
    };
    const urlOf = (name: string): string => {
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    };
    await administer("create database model");
    await prepare(urlOf("model"));
    let made = 0;
    return {
      database: async () => {
        const name = `run_${++made}`;
        await administer(`create database ${name} template model`);
        return urlOf(name);
      },
      restart: server.restart,
      stop: server.stop,
    };
  },
  open: async (connectionString, options) => {
    const { clock, log } = options;
    const pool = new Pool({ connectionString, ...postgresPoolSettings });
    const db = new Kysely<Tables>({ dialect: postgresDialect({ pool, log }), ...statementLog(options) });
    const boss = new PgBoss({ connectionString, ...pgBossSettings, migrate: false });
    boss.on("error", (error) => log.warn({ error: error.message }, "pg-boss is in trouble"));
    await boss.start();
    const queue = pgBossJobQueue(boss, { clock, log });
    const credits = kyselyCredits(db, { prices, clock });
    return {
      store: kyselyStore(db, { jobs: queue.within }),
      queue,
      credits,
      purchases: kyselyPurchases(db, { credits, jobs: queue.within }),
      close: async () => {
        await boss.stop();
        await db.destroy();
      },
    };
  },
  watch: (connectionString) => {
    const pool = new Pool({ connectionString, max: 1 });
    const db = new Kysely<Tables & { readonly status_history: StatusHistory }>({ dialect: postgresDialect({ pool }) });
    return {
      db,
      jobs: async () => {
        const { rows } = await sql<{ readonly job: string }>`
          select name || ' ' || coalesce(singleton_key, '') || ' (' || state || ')' as job
          from pgboss.job where state not in ('completed', 'cancelled') and name like 'likeness/%'
            and (state not in ('created', 'retry') or start_after <= now() + ${distantSeconds} * interval '1 second')
        `.execute(db);
        return rows
          .map(({ job }) => job.slice("likeness/".length))
          .filter((job) => !unrelated.some((kind) => job.startsWith(`${kind} `)));
      },
      releaseSoon: async () => {
        await sql`
          update pgboss.job set heartbeat_on = heartbeat_on - ${heartbeatSeconds - heldSeconds} * interval '1 second'
          where state = 'active'
        `.execute(db);
      },
      close: () => db.destroy(),
    };
  },
};

/** What a claim lasts without a sign of life. pg-boss takes no less. */
const heartbeatSeconds = 10;

/** What is left of it, so that the next process starts while a claim is held, as on SQLite. */
const heldSeconds = 2;

/** Makes the tables of both. */
async function prepare(connectionString: string): Promise<void> {
  const pool = new Pool({ connectionString, max: 1 });
  const db = new Kysely<Tables>({ dialect: postgresDialect({ pool }) });
  await orThrow(migrate(db, postgresMigrations));
  for (const statement of statusHistory) await db.executeQuery(CompiledQuery.raw(statement));
  await db.destroy();
  const boss = new PgBoss({ connectionString, ...pgBossSettings });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.stop({ graceful: false });
}

const statusHistory = [
  "create table status_history (order_id text not null, status text not null)",
  `create function note_status() returns trigger language plpgsql as $$
   begin insert into status_history values (new.id, new.status); return null; end $$`,
  "create trigger note_new_order after insert on likeness_order for each row execute function note_status()",
  `create trigger note_status after update on likeness_order for each row
   when (old.status is distinct from new.status) execute function note_status()`,
];
