import { secondsBetween, type Clock, type Timestamp } from "@likeness/core";

/** The fake's only way to wait: everything ends with `close`. */
export interface Timers {
  now(): Timestamp;
  after(seconds: number, callback: () => void): () => void;
  /** At a moment, or as soon as possible when that has passed. */
  at(moment: Timestamp, callback: () => void): void;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  close(): void;
}

export function timers(clock: Clock): Timers {
  const running = new Set<() => void>();
  const closing = new AbortController();
  const after: Timers["after"] = (seconds, callback) => {
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
  };
  return {
    now: () => clock.now(),
    closing: closing.signal,
    after,
    at: (moment, callback) => void after(Math.max(0, secondsBetween(clock.now(), moment)), callback),
    close: () => {
      closing.abort();
      for (const stop of running) stop();
    },
  };
}
