import type { Clock } from "@likeness/core";

/** The fake's only way to wait: everything ends with `close`. */
export interface Timers {
  now(): string;
  after(seconds: number, callback: () => void): () => void;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  close(): void;
}

export function timers(clock: Clock): Timers {
  const running = new Set<() => void>();
  const closing = new AbortController();
  return {
    now: () => clock.now(),
    closing: closing.signal,
    after: (seconds, callback) => {
      if (closing.signal.aborted) return () => undefined;
      const cancel = clock.after(seconds * 1000, () => {
        running.delete(stop);
        callback();
      });
      const stop = (): void => {
        running.delete(stop);
        cancel();
      };
      running.add(stop);
      return stop;
    },
    close: () => {
      closing.abort();
      for (const stop of running) stop();
    },
  };
}
