import type { ReadinessChecks } from "@likeness/fastify";
import { err, errAsync, ok } from "neverthrow";
import type { Storage } from "./storage/storage.ts";

export interface Readiness {
  readonly checks: ReadinessChecks;
  /** The queue has been started. */
  started(): void;
}

/** What `GET /ready` asks. Once the end has begun the answer is no, so that a balancer sends nobody any more. */
export function readiness({ ready, queueReady }: Pick<Storage, "ready" | "queueReady">, ending: AbortSignal): Readiness {
  let isStarted = false;
  return {
    started: () => void (isStarted = true),
    checks: {
      database: () => ready().orElse((error) => (error.type === "storage-failure" ? err(error) : ok(undefined))),
      migrations: ready,
      queue: () => {
        if (ending.aborted) return errAsync("the process is ending");
        return isStarted ? queueReady() : errAsync("the queue is not started yet");
      },
    },
  };
}
