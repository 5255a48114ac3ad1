import { Pool } from "pg";
import { PgBoss, type Clock, type ConstructorOptions } from "pg-boss";
import { onTestFinished } from "vitest";
// @boundaries-ignore the workspace's own server for tests, which no package ships
import { testDatabases } from "../../../../.config/postgres/test-databases.ts";
import { pgBossSettings } from "../settings.ts";

/** A database of one's own, with pg-boss's tables in it. */
export const newDatabase = testDatabases(async (connectionString) => {
  const boss = new PgBoss({ connectionString, ...pgBossSettings });
  await boss.start();
  await boss.stop();
});

/** A pool that is closed when the test ends. What breaks its connections is up to the test. */
export function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString });
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());
  return pool;
}

export interface TemporaryBoss {
  readonly boss: PgBoss;
  /** What it told nobody else. */
  readonly errors: Error[];
}

/** A pg-boss that is stopped when the test ends. */
export async function startBoss(
  connectionString: string,
  options: Partial<ConstructorOptions> = {},
): Promise<TemporaryBoss> {
  const boss = new PgBoss({ connectionString, ...pgBossSettings, ...options });
  const errors: Error[] = [];
  boss.on("error", (error) => errors.push(error));
  await boss.start();
  onTestFinished(() => boss.stop({ timeout: 1_000 }));
  return { boss, errors };
}

export interface HangingClock extends Clock {
  /** No timer fires any more, as in a process under SIGSTOP. */
  hang(): void;
}

/** The computer's clock, until it hangs. */
export function hangingClock(): HangingClock {
  let hangs = false;
  const unlessHanging = (callback: () => void) => (): void => {
    if (!hangs) callback();
  };
  return {
    now: () => Date.now(),
    setTimeout: (callback, milliseconds) => setTimeout(unlessHanging(callback), milliseconds),
    setInterval: (callback, milliseconds) => setInterval(unlessHanging(callback), milliseconds),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    clearInterval: (timer) => clearInterval(timer as NodeJS.Timeout),
    hang: () => {
      hangs = true;
    },
  };
}
