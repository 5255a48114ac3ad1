import type { Clock } from "@likeness/core";

/** Waits for a number of seconds, or less if the signal is aborted. */
export const pause = (clock: Clock, seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      callOff();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const callOff = clock.after(seconds * 1000, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
