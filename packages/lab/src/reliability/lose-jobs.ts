import Database from "better-sqlite3";
import { Client } from "pg";
import type { EngineName } from "../crash/engines/engines.ts";
import type { HostStage } from "./host-stage.ts";

const losses = {
  sqlite: async (file) => {
    const database = new Database(file, { timeout: 5_000 });
    database.exec("delete from likeness_job");
    database.close();
  },
  postgres: async (connectionString) => {
    const client = new Client({ connectionString });
    await client.connect();
    await client.query("delete from pgboss.job");
    await client.end();
  },
} as const satisfies Record<EngineName, (url: string) => Promise<void>>;

/** Deletes every job that has not run yet. */
export const loseJobs = ({ settings: { engine, database } }: HostStage): Promise<void> => losses[engine](database);
