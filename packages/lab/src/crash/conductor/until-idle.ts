import { setTimeout as wait } from "node:timers/promises";
import { isIdle, type Expectation } from "../invariants.ts";
import { gatherEvidence, type Evidence } from "./evidence.ts";
import type { Stage } from "./stage.ts";

export interface Waiting {
  readonly seconds: number;
  /** Aborts the wait with an error. */
  readonly signal: AbortSignal;
}

/** Waits until no work is left, or the time is over, and returns the evidence at that time. */
export async function untilIdle(stage: Stage, expected: Expectation, { seconds, signal }: Waiting): Promise<Evidence> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const evidence = await gatherEvidence(stage);
    if (performance.now() > end || (isIdle(evidence, expected) && !awaitsWebhooks(stage))) return evidence;
    await wait(100, undefined, { signal });
  }
}

/** Whether fal still has a webhook to deliver, which must not change anything. */
const awaitsWebhooks = ({ fal }: Stage): boolean => fal.snapshot().webhooks.waiting.length > 0;
