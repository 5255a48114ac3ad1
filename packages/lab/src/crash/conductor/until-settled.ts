import { setTimeout as wait } from "node:timers/promises";
import { isSettled, type Expectation } from "../invariants.ts";
import { gatherEvidence, type Evidence } from "./evidence.ts";
import type { Stage } from "./stage.ts";

export interface Waiting {
  readonly seconds: number;
  /** Ends the waiting with an error. */
  readonly signal: AbortSignal;
}

/** Waits until nothing is going to happen any more, or the time is over, and returns what is left then. */
export async function untilSettled(
  stage: Stage,
  expected: Expectation,
  { seconds, signal }: Waiting,
): Promise<Evidence> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const evidence = await gatherEvidence(stage);
    if (performance.now() > end || (isSettled(evidence, expected) && !hasMail(stage))) return evidence;
    await wait(100, undefined, { signal });
  }
}

/** Whether fal is still going to deliver a webhook, which would have to change nothing. */
const hasMail = ({ fal }: Stage): boolean => fal.snapshot().webhooks.waiting.length > 0;
