import type { Policy } from "../domain/policy.ts";
import type { Clock } from "../ports/clock.ts";

/** The paid requests that this process has begun, each until its answer is noted. */
export interface Crossings {
  /** Crosses the line on disk, sends the request and notes the answer. */
  run<T>(cross: () => PromiseLike<T>): Promise<T>;
  /** Waits for all of them, but for none longer than a request may take. */
  ended(): Promise<void>;
}

/** The provider ends the request itself when its time is up; this is what noting that may take then. */
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
