import type { Clock } from "@likeness/core";

/** A clock that can be stopped permanently: its time stands still and no timer fires, as in a process under SIGSTOP. */
export interface StoppableClock extends Clock {
  stop(): void;
}

/** Follows another clock until it is stopped. For a worker that has to die in a test while others go on. */
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
