/** Says in one line what went wrong, and lets the program end by itself with exit code 1. */
export function leaveWith(error: unknown): void {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
