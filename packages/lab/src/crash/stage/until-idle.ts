import { setTimeout as wait } from "node:timers/promises";
import { isIdle, type Expectation } from "../invariants.ts";
import { observe, type Observation } from "./observe.ts";
import type { Stage } from "./stage.ts";

export interface Waiting {
  readonly seconds: number;
  /** Aborts the wait with an error. */
  readonly signal: AbortSignal;
}

/** Waits until no work is left, or the time is over, and returns what is seen at that time. */
export async function untilIdle(
  stage: Stage,
  expected: Expectation,
  { seconds, signal }: Waiting,
): Promise<Observation> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const isOver = performance.now() > end;
    // To see everything takes a dozen statements and reads blobs; as long as jobs are left, one statement is enough.
    if (isOver || (await stage.watched.jobs()).length === 0) {
      const seen = await observe(stage);
      // A webhook that is still to come must not change anything.
      if (isOver || (isIdle(seen, expected) && !stage.vendor.awaitsWebhooks())) return seen;
    }
    await wait(100, undefined, { signal });
  }
}
