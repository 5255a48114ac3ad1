const pauseMilliseconds = 40;

/** Runs a function once for many calls within a short time. */
export function debounced(run: () => void) {
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    run();
  };
  return {
    soon: (): void => {
      timer ??= setTimeout(now, pauseMilliseconds);
    },
    /** Runs it now, if it was going to run. */
    now,
    cancel: (): void => clearTimeout(timer),
  };
}
