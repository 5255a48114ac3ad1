import Database from "better-sqlite3";
import { Client } from "pg";
import type { EngineName } from "../crash/engines/engines.ts";
import type { HostStage } from "./host-stage.ts";

/** A database outage. */
export interface Outage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

const tables = ["avatar", "photo", "order", "webhook_inbox", "notification", "job"].map((name) => `likeness_${name}`);

/** A file cannot be down, so all of its tables are renamed. */
function sqliteOutage(file: string): Outage {
  const rename = async (sql: (table: string) => string): Promise<void> => {
    const database = new Database(file, { timeout: 5_000 });
    database.transaction(() => tables.forEach((table) => database.exec(sql(table))))();
    database.close();
  };
  return {
    begin: () => rename((table) => `alter table ${table} rename to away_${table}`),
    end: () => rename((table) => `alter table away_${table} rename to ${table}`),
  };
}

/** Ends every connection, and refuses new ones. */
function postgresOutage(url: string): Outage {
  const name = new URL(url).pathname.slice(1);
  const administer = async (...statements: readonly string[]): Promise<void> => {
    const elsewhere = new URL(url);
    elsewhere.pathname = "/postgres";
    const client = new Client({ connectionString: elsewhere.href });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    begin: () =>
      administer(
        `alter database ${name} with allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      ),
    end: () => administer(`alter database ${name} with allow_connections true`),
  };
}

const outages = { sqlite: sqliteOutage, postgres: postgresOutage } as const satisfies Record<
  EngineName,
  (url: string) => Outage
>;

export const outage = ({ settings: { engine, database } }: HostStage): Outage => outages[engine](database);
