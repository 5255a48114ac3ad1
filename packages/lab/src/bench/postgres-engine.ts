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
import { Client, Pool, type ClientBase } from "pg";
import { PgBoss } from "pg-boss";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import type { Engine } from "./storage.ts";

/** A local server with durable commits, connected through a Unix socket. */
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
  open: async (connectionString, onStatement) => {
    const pool = new Pool({ connectionString, ...postgresPoolSettings });
    if (onStatement) pool.on("connect", (client) => noteStatements(client, onStatement));
    const db = new Kysely<Tables>({ dialect: postgresDialect({ pool }) });
    const hasty = new Pool({
      connectionString,
      max: 1,
      options: "-c session_replication_role=replica -c synchronous_commit=off",
    });
    const filling = new Kysely<Tables>({ dialect: postgresDialect({ pool: hasty }) });
    await valueOf(migrate(db, postgresMigrations));
    const boss = new PgBoss({ connectionString, ...pgBossSettings });
    boss.on("error", (error) => console.error(error));
    await boss.start();
    if (onStatement) noteQueueStatements(boss, onStatement);
    const queue = pgBossJobQueue(boss, { clock: systemClock });
    return {
      store: kyselyStore(db, { jobs: queue.within }),
      queue,
      db,
      fill: async (work) => {
        await work({ db: filling, timeOf });
        await sql`vacuum analyze ${sql.join(await filledTables(filling))}`.execute(filling);
      },
      close: async () => {
        await boss.stop();
        await filling.destroy();
        await db.destroy();
      },
    };
  },
};

/**
 * Those of more than a page: the server does nothing for one with fewer than fifty changed rows. After it, plans for a
 * small table would read all of it, and be kept while it fills.
 */
async function filledTables(db: Kysely<Tables>) {
  const filled = sql<{ readonly name: string }>`
    select relid::regclass::text as name from pg_stat_user_tables where pg_relation_size(relid) > 8192`;
  return (await filled.execute(db)).rows.map(({ name }) => sql.raw(name));
}

const timeOf = (seconds: string): string =>
  `to_char(to_timestamp(${seconds}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`;

function noteStatements(client: ClientBase, onStatement: (statement: string) => void): void {
  const query = client.query.bind(client) as (...statement: unknown[]) => unknown;
  const noting = (...statement: unknown[]): unknown => {
    onStatement(textOf(statement[0]));
    return query(...statement);
  };
  Object.assign(client, { query: noting });
}

const textOf = (statement: unknown): string =>
  typeof statement === "object" && statement && "text" in statement ? String(statement.text) : String(statement);

/** Those that pg-boss sends over its own connections. */
function noteQueueStatements(boss: PgBoss, onStatement: (statement: string) => void): void {
  const db = boss.getDb();
  const executeSql = db.executeSql.bind(db);
  const noting: typeof executeSql = (statement, ...values) => {
    onStatement(statement);
    return executeSql(statement, ...values);
  };
  Object.assign(db, { executeSql: noting });
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
