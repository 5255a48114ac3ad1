/** Lines as a program prints them. */
export const printed = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** Prints one line per problem and ends the program. */
export function leaveWith(problems: readonly string[], exitCode = 1): never {
  process.stderr.write(printed(problems));
  process.exit(exitCode);
}

/** A description of an error, in one line. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, " ");
