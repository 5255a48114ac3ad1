/** Prints one line about the error and ends the program with exit code 1. */
export function leaveWith(error: unknown): never {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
