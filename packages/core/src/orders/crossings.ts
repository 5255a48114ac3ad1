import type { Policy } from "../policy.ts";
import type { Clock } from "../ports/clock.ts";

/** The paid requests that this process has begun and whose answer it has not stored yet. */
export interface Crossings {
  /** Runs the function that writes `submitting`, sends the request and stores the answer. */
  run<T>(cross: () => PromiseLike<T>): Promise<T>;
  /** Waits for all of them, at most as long as a request may take. */
  ended(): Promise<void>;
}

/** The provider adapter ends a request at its timeout; this is how long storing that may take. */
const notingSeconds = 5;

export function trackCrossings(clock: Clock, { submitTimeoutSeconds }: Policy): Crossings {
  const underWay = new Set<Promise<void>>();
  return {
    run: async (cross) => {
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      underWay.add(ended);
      const callOff = clock.after((submitTimeoutSeconds + notingSeconds) * 1000, end);
      try {
        return await cross();
      } finally {
        callOff();
        end();
        underWay.delete(ended);
      }
    },
    ended: async () => void (await Promise.all(underWay)),
  };
}
