import { setTimeout } from "node:timers/promises";

/** Long enough, together, for a database that is being restarted. */
const waits = [50, 250, 1_000];

/** Runs work, and up to three times more while its outcome asks for it. */
export async function repeating<T>(run: () => PromiseLike<T>, again: (outcome: T) => boolean): Promise<T> {
  for (const wait of waits) {
    const outcome = await run();
    if (!again(outcome)) return outcome;
    // Two that were in each other's way do not meet again.
    await setTimeout(wait * (0.5 + Math.random()));
  }
  return run();
}
