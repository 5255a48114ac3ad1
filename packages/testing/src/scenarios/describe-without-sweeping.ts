import { secondsBetween } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, owner, type CreateStorage, type StageOverrides } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** The sweeper runs only once, so every step has to enqueue the next one. */
const unswept: StageOverrides = { policy: { sweepSeconds: 1e6 } };

export function describeWithoutSweeping(create: CreateStorage, kind: TestedKind): void {
  describe("without sweeping", () => {
    it("goes from a photo to the message by webhook", async () => {
      const stage = await openOrderStage(create, kind, unswept);
      const { draft, likeness, store, photoSource, time, untilStatus, provider, deliver, untilTold, credits } = stage;
      const { id: avatarId } = await draft(2);
      const reference = photoSource.offer("third", photoBytes());
      const { id: photoId } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      await time.until("the photo is inspected", async () => {
        return (await valueOf(store.photos.find(photoId)))?.state.status === "accepted";
      });
      const { id, createdAt } = await valueOf(kind.place(stage, { avatarId }));
      await untilStatus(id, "submitted");
      const { requestId = "" } = provider.requests[0] ?? {};
      await deliver(id, { type: "succeeded", requestId, outcome: kind.outcome() });
      await untilStatus(id, "succeeded");
      await stage.untilFinished(id);
      await untilTold(...kind.told.succeeded("stored"));
      expect(credits.lastOf(id)).toBe("capture");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(20);
      await expectInvariants(stage);
    });

    it("goes from an order to its outcome by polling alone", async () => {
      const stage = await openOrderStage(create, kind, { ...unswept, webhooks: undefined });
      const { submitted, provider, untilStatus, untilTold, time } = stage;
      const { order, request } = await submitted();
      provider.report(
        request.requestId,
        { type: "running", percent: 40 },
        { type: "succeeded", outcome: kind.outcome() },
      );
      await untilStatus(order.id, "succeeded");
      await stage.untilFinished(order.id);
      await untilTold(...kind.told.succeeded("stored"));
      expect(secondsBetween(order.createdAt, time.clock.now())).toBeLessThan(45);
      await expectInvariants(stage);
    });

    it("polls an order that news made known", async () => {
      const stage = await openOrderStage(create, kind, unswept);
      const { ordered, provider, untilPutOff, untilStatus, time, deliver } = stage;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 250 });
      const { id } = await ordered();
      await untilPutOff(id);
      // The poll that the POST has enqueued ends before the event arrives.
      await time.pass(60);
      await deliver(id, { type: "running", requestId: "r-1" });
      await untilStatus(id, "submitted");
      await time.until("it is looked at", () => provider.calls.includes("look"));
      await time.pass(25);
      expect(provider.calls.filter((call) => call === "look").length).toBeGreaterThanOrEqual(3);
      await expectInvariants(stage);
    });

    it("finds an order whose answer was lost, and tells the owner meanwhile", async () => {
      const stage = await openOrderStage(create, kind, unswept);
      const { ordered, provider, untilStatus, untilTold, time } = stage;
      provider.answerNextSubmit("accept-silently");
      provider.failNext("find", { type: "provider-unavailable", detail: "503" });
      const { id, createdAt } = await ordered();
      await untilStatus(id, "unknown");
      await untilTold(...kind.told.unconfirmed);
      await untilStatus(id, "submitted");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(15);
      provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", outcome: kind.outcome() });
      await untilStatus(id, "succeeded");
      await expectInvariants(stage);
    });

    it("ends a refused order: told, and its credits back", async () => {
      const stage = await openOrderStage(create, kind, unswept);
      const { ordered, provider, untilStatus, untilTold, time, credits } = stage;
      provider.answerNextSubmit({ type: "submit-refused", status: 422, detail: "steps: must be positive" });
      const { id, createdAt } = await ordered();
      await untilStatus(id, "failed");
      await untilTold(...kind.told.failed("rejected"));
      await time.until("the credits are back", () => credits.lastOf(id) === "release");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(10);
      await expectInvariants(stage);
    });

    it("looks at once when a cancelling came too late, and copies a result that came after one", async () => {
      const stage = await openOrderStage(create, kind, { ...unswept, policy: { ...unswept.policy, pollSeconds: 100 } });
      const { submitted, provider, untilStatus, time, credits, deliver, blobs } = stage;
      const late = await submitted();
      provider.report(late.request.requestId, { type: "succeeded", outcome: kind.outcome() });
      const begun = time.clock.now();
      expect(await kind.cancel(stage, late.order)).toStrictEqual(ok("too-late"));
      await untilStatus(late.order.id, "succeeded");
      expect(secondsBetween(begun, time.clock.now())).toBeLessThan(5);

      const { order, request } = await submitted();
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      await time.until("the credits are back", () => credits.lastOf(order.id) === "release");
      await time.until("both orders are over", async () => {
        return (await valueOf(stage.store.orders.dueBefore("9999", 1))).length === 0;
      });
      const before = blobs.blobs.size;
      await deliver(order.id, { type: "succeeded", requestId: request.requestId, outcome: kind.outcome() });
      await time.until("it is copied", () => blobs.blobs.size === before + 2);
      await expectInvariants(stage);
    });
  });
}
