import { expect, vi } from "vitest";
import { observeFrom, type Observation } from "../crash/stage/observe.ts";
import { engines, type EngineName } from "../crash/engines/engines.ts";
import { isIdle, judge } from "../crash/invariants.ts";

/** What fal and the chat have seen of a training. */
export interface SeenOutside {
  paidRequests(orderId: string): number;
  arrived(orderId: string, template: string): number;
}

const expected = { owners: [], doublesAllowed: 0 };

/** `expectHealed` without a `HostStage`: on a database of `serverOf`, once no work is left. */
export async function expectJudged(engine: EngineName, database: string, seen: SeenOutside): Promise<Observation> {
  const { paidRequests: posts, arrived } = seen;
  const watched = engines[engine].watch(database);
  const gather = (): Promise<Observation> =>
    observeFrom({
      watched,
      paid: { posts, taken: (id) => posts(id) > 0 },
      arrived: ({ id }, template) => arrived(id, template),
    });
  try {
    await vi
      .waitUntil(async () => isIdle(await gather(), expected), { timeout: 100_000, interval: 50 })
      .catch(() => {
        // The judge says better what is left.
      });
    const left = await gather();
    expect(judge(left, expected).broken, JSON.stringify(left)).toStrictEqual([]);
    return left;
  } finally {
    await watched.close();
  }
}
