/** Prints one line per problem and ends the program with exit code 1. */
export function leaveWith(problems: readonly string[]): never {
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(""));
  process.exit(1);
}

/** A description of an error, in one line. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, " ");
