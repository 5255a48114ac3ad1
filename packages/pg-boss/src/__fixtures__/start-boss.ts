import { PgBoss, type Clock, type ConstructorOptions } from "pg-boss";
import type { RunningCase } from "@likeness/testing";
import { pgBossSettings } from "../settings.ts";

/** A pg-boss that is stopped when the test ends. */
export async function startBoss(
  { onTestFinished }: RunningCase,
  connectionString: string,
  options: Partial<ConstructorOptions> = {},
): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString, ...pgBossSettings, ...options });
  boss.on("error", () => undefined);
  await boss.start();
  onTestFinished(() => boss.stop({ timeout: 1_000 }));
  return boss;
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
