/**
 * Calls back once when npm, which started this process, has ended. npm signals only the shell in between, which dies of
 * SIGTERM without forwarding it, so this process would go on alone.
 */
export function whenNpmIsGone(end: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 250);
  watch.unref();
}
