const pauseMilliseconds = 40;

/** Runs something once for many calls close together. */
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
    /** Does not wait any longer, if it was going to run at all. */
    now,
    cancel: (): void => clearTimeout(timer),
  };
}
