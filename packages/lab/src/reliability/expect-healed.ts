import { expect } from "vitest";
import type { Observation } from "../crash/stage/observe.ts";
import { untilIdle } from "../crash/stage/until-idle.ts";
import { judge, type Expectation } from "../crash/invariants.ts";
import type { AnyHostStage } from "./host-stage.ts";

const nobodyInterrupts = new AbortController().signal;

/** The outside view of a successful training. */
export const ready = {
  status: "succeeded",
  reason: null,
  posts: 1,
  ends: 1,
  messages: expect.arrayContaining([{ template: "training-ready", status: "sent", arrived: 1 }]),
};

/** The same for a training that failed with this reason. */
export const failed = (reason: string, posts = 1) => ({
  status: "failed",
  reason,
  posts,
  ends: 1,
  messages: expect.arrayContaining([{ template: "training-failed", status: "sent", arrived: 1 }]),
});

/**
 * Waits until no work is left, and checks the six invariants: at most one paid request · an outcome · one end · one
 * stored message about it, which arrived · no unprocessed delivery · no job left.
 */
export async function expectHealed(stage: AnyHostStage, expectation: Partial<Expectation> = {}): Promise<Observation> {
  const expected = { owners: stage.owners, doublesAllowed: 0, ...expectation };
  const left = await untilIdle(stage, expected, { seconds: 150, signal: nobodyInterrupts });
  expect(judge(left, expected).broken, `${JSON.stringify(left)}\n${stage.written()}`).toStrictEqual([]);
  return left;
}
