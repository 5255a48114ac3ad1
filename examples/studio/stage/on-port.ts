import { setTimeout as wait } from "node:timers/promises";

/** How long to wait for a port, which a program that was just killed may still hold. */
const graceMilliseconds = 500;
const pauseMilliseconds = 100;

const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EADDRINUSE";

/** Listens on the wanted port, or on any free one if another program has it. */
export async function onPort<T>(wanted: number, listen: (port: number) => Promise<T>): Promise<T> {
  const until = Date.now() + graceMilliseconds;
  for (;;) {
    try {
      return await listen(wanted);
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (Date.now() > until) return listen(0);
      await wait(pauseMilliseconds);
    }
  }
}
