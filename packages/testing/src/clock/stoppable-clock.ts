import type { Clock } from "@likeness/core";

/** A clock that can be stopped for good: its time stands still and its timers never fire, as in a process under SIGSTOP. */
export interface StoppableClock extends Clock {
  stop(): void;
}

/** Follows another clock until it is stopped. Give it to a worker that has to die while others go on. */
export function stoppableClock(clock: Clock): StoppableClock {
  let stoppedAt: string | undefined;
  return {
    now: () => stoppedAt ?? clock.now(),
    after: (milliseconds, callback) =>
      clock.after(milliseconds, () => {
        if (stoppedAt === undefined) callback();
      }),
    stop: () => {
      stoppedAt ??= clock.now();
    },
  };
}
