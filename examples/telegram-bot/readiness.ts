import { secondsBetween, type Clock, type Timestamp } from "@likeness/core";
import type { ReadinessChecks } from "@likeness/fastify";
import { err, errAsync, ok } from "neverthrow";
import type { NotReady, Storage } from "./storage/storage.ts";

export interface Readiness {
  readonly checks: ReadinessChecks;
  /** Called when the queue was started. */
  started(): void;
  /**
   * Called when the process stops: waits until a load balancer has seen that, for a short time, and not without one.
   */
  noticed(): Promise<void>;
}

/** A caller that asked within this time is a load balancer that will ask again. */
const recentSeconds = 15;

/** How long the balancer has to ask again. */
const noticeMilliseconds = 5_000;

/** The checks that fail. A database that does not answer cannot be asked for its tables either. */
const failed = {
  "storage-failure": { database: true, migrations: true },
  "database-not-writable": { database: true, migrations: false },
  "postgres-setting-unsafe": { database: true, migrations: false },
  "migrations-pending": { database: false, migrations: true },
} as const satisfies Record<NotReady["type"], Readonly<Record<"database" | "migrations", boolean>>>;

/** The checks of `GET /ready`. While the process stops they fail, so that a load balancer sends no more requests. */
export function readiness(
  { ready, queueReady }: Pick<Storage, "ready" | "queueReady">,
  ending: AbortSignal,
  clock: Clock,
): Readiness {
  let isStarted = false;
  let askedAt: Timestamp | undefined;
  let hear = (): void => undefined;
  return {
    started: () => void (isStarted = true),
    noticed: async () => {
      if (askedAt === undefined || secondsBetween(askedAt, clock.now()) > recentSeconds) return;
      await new Promise<void>((resolve) => {
        const callOff = clock.after(noticeMilliseconds, resolve);
        hear = () => {
          callOff();
          resolve();
        };
      });
    },
    checks: {
      database: () => ready().orElse((error) => (failed[error.type].database ? err(error) : ok(undefined))),
      migrations: () => ready().orElse((error) => (failed[error.type].migrations ? err(error) : ok(undefined))),
      queue: () => {
        askedAt = clock.now();
        if (ending.aborted) {
          hear();
          return errAsync({ type: "ending" });
        }
        return isStarted ? queueReady() : errAsync({ type: "starting" });
      },
    },
  };
}
