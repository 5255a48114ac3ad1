const watchInput = `process.stdin.resume().once("end", () => process.kill(process.pid, "SIGTERM")).unref();`;

/**
 * What Node takes before a program that must not outlive the process that started it. When that has ended, even by
 * SIGKILL, the program's standard input closes, and it gets SIGTERM.
 */
export const endWithParent: readonly string[] = ["--import", `data:text/javascript,${encodeURIComponent(watchInput)}`];
