import type { Clock, Timestamp } from "@likeness/core";

/** The fake's only way to wait: everything ends with `close`. */
export interface Timers {
  now(): Timestamp;
  /** Seconds since the Unix epoch, as Telegram dates things. */
  date(): number;
  after(milliseconds: number, callback: () => void): () => void;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  close(): void;
}

export function timers(clock: Clock): Timers {
  const running = new Set<() => void>();
  const closing = new AbortController();
  return {
    now: () => clock.now(),
    date: () => Math.floor(Date.parse(clock.now()) / 1000),
    closing: closing.signal,
    after: (milliseconds, callback) => {
      if (closing.signal.aborted) return () => undefined;
      const cancel = clock.after(milliseconds, () => {
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
