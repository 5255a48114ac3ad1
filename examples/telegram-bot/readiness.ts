import { secondsBetween, type Clock, type Timestamp } from "@likeness/core";
import type { ReadinessChecks } from "@likeness/fastify";
import { err, errAsync, ok } from "neverthrow";
import type { Storage } from "./storage/storage.ts";

export interface Readiness {
  readonly checks: ReadinessChecks;
  /** The queue has been started. */
  started(): void;
  /** Once the end has begun: waits until a balancer has heard that, but not for long, and not if there is none. */
  noticed(): Promise<void>;
}

/** Who has asked so recently will ask again. */
const recentSeconds = 15;

const patienceMilliseconds = 5_000;

/** What `GET /ready` asks. Once the end has begun the answer is no, so that a balancer sends nobody any more. */
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
        const callOff = clock.after(patienceMilliseconds, resolve);
        hear = () => {
          callOff();
          resolve();
        };
      });
    },
    checks: {
      database: () => ready().orElse((error) => (error.type === "storage-failure" ? err(error) : ok(undefined))),
      migrations: ready,
      queue: () => {
        askedAt = clock.now();
        if (ending.aborted) {
          hear();
          return errAsync("the process is ending");
        }
        return isStarted ? queueReady() : errAsync("the queue is not started yet");
      },
    },
  };
}
