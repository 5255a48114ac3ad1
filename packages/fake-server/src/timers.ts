import { secondsBetween, type Clock, type Timestamp } from "@likeness/core";

/** A fake's only way to wait: everything ends with `close`. */
export interface Timers {
  now(): Timestamp;
  /** Whole seconds since the Unix epoch. */
  date(): number;
  after(milliseconds: number, callback: () => void): () => void;
  /** At a moment, or as soon as possible when that has passed. */
  at(moment: Timestamp, callback: () => void): void;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  close(): void;
}

export function timers(clock: Clock): Timers {
  const running = new Set<() => void>();
  const closing = new AbortController();
  const after: Timers["after"] = (milliseconds, callback) => {
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
  };
  return {
    now: () => clock.now(),
    date: () => Math.floor(Date.parse(clock.now()) / 1000),
    closing: closing.signal,
    after,
    at: (moment, callback) => void after(Math.max(0, secondsBetween(clock.now(), moment)) * 1000, callback),
    close: () => {
      closing.abort();
      for (const stop of running) stop();
    },
  };
}
