import { setTimeout } from "node:timers/promises";

/** Milliseconds; in total long enough for a database to restart. */
const waits = [50, 250, 1_000];

/** Runs work, and repeats it up to three times while `again` returns true for its outcome. */
export async function repeating<T>(run: () => PromiseLike<T>, again: (outcome: T) => boolean): Promise<T> {
  for (const wait of waits) {
    const outcome = await run();
    if (!again(outcome)) return outcome;
    // Randomised, so that two transactions that conflicted do not conflict again.
    await setTimeout(wait * (0.5 + Math.random()));
  }
  return run();
}
