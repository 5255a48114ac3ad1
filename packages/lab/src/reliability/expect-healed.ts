import { expect } from "vitest";
import type { Evidence } from "../crash/conductor/evidence.ts";
import { untilSettled } from "../crash/conductor/until-settled.ts";
import { judge, type Expectation } from "../crash/invariants.ts";
import type { Scene } from "./scene.ts";

const nobodyInterrupts = new AbortController().signal;

/** How a training that went well looks from outside. */
export const ready = {
  status: "succeeded",
  reason: null,
  posts: 1,
  ends: 1,
  messages: expect.arrayContaining([{ template: "training-ready", status: "sent", arrived: 1 }]),
};

/** The same of one that failed for a reason. */
export const failed = (reason: string, posts = 1) => ({
  status: "failed",
  reason,
  posts,
  ends: 1,
  messages: expect.arrayContaining([{ template: "training-failed", status: "sent", arrived: 1 }]),
});

/**
 * Waits until nothing is going to happen any more, and holds what is left against the six invariants: a paid request at
 * most · an outcome · one end · one stored message about it, which arrived · no delivery unread · no job left.
 */
export async function expectHealed(scene: Scene, expectation: Partial<Expectation> = {}): Promise<Evidence> {
  const expected = { owners: scene.owners, doublesAllowed: 0, ...expectation };
  const left = await untilSettled(scene, expected, { seconds: 60, signal: nobodyInterrupts });
  expect(judge(left, expected).broken, `${JSON.stringify(left)}\n${scene.written()}`).toStrictEqual([]);
  return left;
}
