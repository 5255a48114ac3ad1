import { timestamp, type Timestamp } from "../values/timestamp.ts";

/** Time and timers; a port, so that tests control both. */
export interface Clock {
  now(): Timestamp;
  /** Calls back once after this many milliseconds. Returns a function that cancels the timer. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The computer's clock. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => timestamp(Date.now()),
  after: (milliseconds, callback) => {
    const timer: unknown = setTimeout(callback, milliseconds);
    (timer as { unref?: (() => void) | undefined }).unref?.();
    return () => clearTimeout(timer as number);
  },
};

/** Waits until work has ended in any way, at most this many milliseconds of the clock. */
export const atMost = (clock: Clock, milliseconds: number, work: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const callOff = clock.after(milliseconds, resolve);
    const end = (): void => {
      callOff();
      resolve();
    };
    work.then(end, end);
  });
