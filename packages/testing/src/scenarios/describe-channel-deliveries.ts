import { deliveryJob, type InboxDelivery, type JobHandler } from "@likeness/core";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { anInboxDelivery } from "../fixtures/inbox-delivery.ts";
import { valueOf } from "../results/value-of.ts";
import { runJob } from "./run-job.ts";
import { alarmsOf, openStage, type CreateStorage, type Stage } from "./stage.ts";

/** A stored delivery of a channel whose job was lost. */
async function stored({ store, time }: Stage): Promise<InboxDelivery> {
  const { orderId: _, ...delivery } = anInboxDelivery({ source: "chat", receivedAt: time.clock.now() });
  await valueOf(store.inbox.insert(delivery));
  return delivery;
}

export function describeChannelDeliveries(create: CreateStorage): void {
  describe("deliveries of a channel", () => {
    it("are handed to the channel by the sweeper, once each", async () => {
      const stage = await openStage(create);
      const { likeness, store, time } = stage;
      const handled: unknown[] = [];
      const handler: JobHandler = ({ kind, key, payload }) => {
        handled.push({ kind, key, payload });
        return store.inbox
          .settle(key, "applied", time.clock.now())
          .map(() => ({ type: "done" }) as const)
          .mapErr((cause) => ({ type: "job-failure", permanent: false, cause }) as const);
      };
      await valueOf(likeness.stop({ graceMs: 0 }));
      await valueOf(likeness.start({ "webhook.process:chat": handler }));
      const delivery = await stored(stage);
      await time.pass(240);
      const { kind, key } = deliveryJob(delivery);
      expect(handled).toStrictEqual([{ kind, key, payload: { deliveryId: delivery.id, sweep: true } }]);
      expect(kind).toBe("webhook.process:chat");
    });

    it("wait for a channel that is not there yet", async () => {
      const stage = await openStage(create);
      const { likeness, time } = stage;
      const { id } = await stored(stage);
      await time.pass(240);
      const keys = new Set<string>();
      const handler: JobHandler = ({ key }) => {
        keys.add(key);
        return okAsync({ type: "done" });
      };
      await valueOf(likeness.stop({ graceMs: 0 }));
      await valueOf(likeness.start({ "webhook.process:chat": handler }));
      await time.until("it is handed over", () => keys.has(id));
    });

    it("are given up with an alarm when no channel takes them in time, and then deleted like any other", async () => {
      const stage = await openStage(create, { policy: { deliveryDeadlineSeconds: 300, inboxRetentionSeconds: 300 } });
      const { store, time } = stage;
      const { id } = await stored(stage);
      await time.pass(290);
      expect(alarmsOf(stage)).toStrictEqual([]);
      await time.until("it is given up", () => alarmsOf(stage).length > 0);
      expect(await store.inbox.find(id)).toMatchObject({ value: { outcome: "given_up" } });
      await time.until("it is deleted", async () => (await valueOf(store.inbox.find(id))) === undefined);
      expect(alarmsOf(stage)).toStrictEqual(["a webhook could not be verified or applied in time"]);
    });

    it("are not touched by the core's own handler", async () => {
      const stage = await openStage(create, { policy: { deliveryDeadlineSeconds: 100 } });
      const { likeness, store, time, log } = stage;
      await valueOf(likeness.stop({ graceMs: 0 }));
      const delivery = await stored(stage);
      await time.pass(200);
      expect(await runJob(stage, "webhook.process", { deliveryId: delivery.id })).toStrictEqual(ok({ type: "done" }));
      expect(await store.inbox.find(delivery.id)).toMatchObject({ value: { id: delivery.id } });
      expect((await valueOf(store.inbox.find(delivery.id)))?.outcome).toBeUndefined();
      expect(log.entries).toStrictEqual([]);
    });
  });
}
