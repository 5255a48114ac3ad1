import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import type { RunningCase } from "@likeness/testing";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { pgBossSettings } from "../settings.ts";

/** A database for a test, by its URL, in which pg-boss has its tables. The tests that use it may run at once. */
export const newDatabase = testDatabases(async (connectionString) => {
  const boss = new PgBoss({ connectionString, ...pgBossSettings });
  await boss.start();
  await boss.stop({ graceful: false });
});

/** A pool that is closed when the test ends. Its errors are ignored, because tests break its connections. */
export function openPool({ onTestFinished }: RunningCase, connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2 });
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());
  return pool;
}
