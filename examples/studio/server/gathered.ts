const pauseMilliseconds = 40;

/** Runs something once for many calls close together. */
export function gathered(run: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    soon: (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, pauseMilliseconds);
    },
    cancel: (): void => clearTimeout(timer),
  };
}
