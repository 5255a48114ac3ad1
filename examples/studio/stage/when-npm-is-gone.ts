/**
 * Calls back once when npm, which started this process, has gone. npm signals the shell in between, and such a shell
 * dies of SIGTERM without a word to what it waits for, which would go on alone.
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
