/**
 * Runs a statement against tables that a program uses meanwhile. PostgreSQL ends one of two that wait for each other as a
 * deadlock; if it is ours, it is run again.
 */
export async function whileInUse<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++)
    try {
      return await run();
    } catch (error) {
      if (tries === 10 || !isDeadlock(error)) throw error;
    }
}

const isDeadlock = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "40P01";
