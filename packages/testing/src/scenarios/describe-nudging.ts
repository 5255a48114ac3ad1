import { jobKinds, type Job, type OrderEvent, type OrderStatus } from "@likeness/core";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { withParts } from "./replaced-parts.ts";
import type { CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** A storage that records and drops the jobs that are enqueued outside of transactions, as the sweeper's are. */
const notingJobs = (create: CreateStorage, noted: Job[]): CreateStorage =>
  withParts(create, () => ({
    jobs: {
      enqueue: (job) => {
        // Every sweep also plans the one that removes what is kept no longer.
        if (job.kind !== jobKinds.sweep) noted.push(job);
        return okAsync(undefined);
      },
    },
  }));

const looks: readonly [OrderStatus, string][] = [
  ["requested", "order.submit"],
  ["submitting", "order.poll"],
  ["submitted", "order.poll"],
  ["unknown", "order.poll"],
  ["succeeded", "order.finish"],
  ["failed", "order.finish"],
  ["cancelled", "order.finish"],
];

export function describeNudging(create: CreateStorage, kind: TestedKind): void {
  describe("nudging", () => {
    it.each(looks)("looks at an order that is %s when it is overdue, with %s", async (status, job) => {
      const noted: Job[] = [];
      const { likeness, store, draft, time } = await openOrderStage(notingJobs(create, noted), kind);
      await valueOf(likeness.stop({ graceMs: 0 }));
      const { id: avatarId } = await draft(0);
      const order = kind.stored(status, { avatarId, nextCheckAt: time.clock.now() });
      await valueOf(store.orders.save(order));
      await time.pass(59);
      expect(await likeness.operator.sweep()).toStrictEqual(ok({ nudged: 0 }));
      await time.pass(2);
      expect(await likeness.operator.sweep()).toStrictEqual(ok({ nudged: 1 }));
      expect(noted).toStrictEqual([{ kind: job, key: order.id, payload: { orderId: order.id } }]);
    });

    it("knows a delivery again for as long as settled ones are kept, and no longer", async () => {
      const { submitted, deliver, untilStatus, untilSettled, likeness, time } = await openOrderStage(create, kind, {
        policy: { inboxRetentionSeconds: 200 },
      });
      const { order, request } = await submitted();
      const event: OrderEvent = { type: "succeeded", requestId: request.requestId, outcome: kind.outcome() };
      expect(await deliver(order.id, event)).toStrictEqual(ok({ stored: "new" }));
      await untilStatus(order.id, "succeeded");
      await untilSettled();
      await time.pass(190);
      await valueOf(likeness.operator.sweep());
      expect(await deliver(order.id, event)).toStrictEqual(ok({ stored: "known" }));
      await time.pass(20);
      await valueOf(likeness.operator.sweep());
      expect(await deliver(order.id, event)).toStrictEqual(ok({ stored: "new" }));
    });
  });
}
