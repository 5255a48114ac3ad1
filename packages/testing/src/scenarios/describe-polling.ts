import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

export function describePolling(create: CreateStorage, kind: TestedKind): void {
  describe("polling", () => {
    it("finishes every order by itself, were no webhook ever to come", async () => {
      const stage = await openOrderStage(create, kind, { webhooks: undefined });
      const { submitted, provider, untilStatus, avatar } = stage;
      const { order, request } = await submitted();
      expect(provider.submissions[0]?.webhookUrl).toBeUndefined();
      provider.report(
        request.requestId,
        { type: "running", percent: 40 },
        { type: "succeeded", outcome: kind.outcome() },
      );
      await untilStatus(order.id, "succeeded");
      expect((await avatar(order.avatarId))?.state).toStrictEqual(kind.avatar.succeeded(order.id));
      await expectInvariants(stage);
    });

    it("shows the place in the queue, then percent that never go back", async () => {
      const { submitted, provider, order: orderOf, time } = await openOrderStage(create, kind);
      const { order, request } = await submitted();
      const progress = async () => {
        const { state } = await orderOf(order.id);
        return state.status === "submitted" ? state.progress : {};
      };
      provider.report(request.requestId, { type: "queued", position: 3 });
      await time.until("the place is known", async () => (await progress()).position === 3);
      provider.report(request.requestId, { type: "running", percent: 60 });
      await time.until("it runs", async () => (await progress()).percent === 60);
      expect((await progress()).position).toBeUndefined();
      provider.report(request.requestId, { type: "running", percent: 40 });
      await time.pass(30);
      expect((await progress()).percent).toBe(60);
    });

    it("outlasts a provider that does not answer", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, untilStatus } = stage;
      const { order, request } = await submitted();
      for (let count = 0; count < 6; count++)
        provider.failNext("look", { type: "provider-unavailable", detail: "503" });
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await untilStatus(order.id, "succeeded");
      await expectInvariants(stage);
    });

    it("gives up at the deadline: cancelled there, failed here, told once", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, untilStatus, untilTold } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 1 });
      const failed = await untilStatus(order.id, "failed");
      expect(failed.state).toMatchObject({ reason: "provider_timeout" });
      expect(provider.calls).toContain("cancel");
      await untilTold(...kind.told.failed("provider_timeout"));
      await expectInvariants(stage);
    });

    it("fails what the provider has finished and lost", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, untilStatus, deliver } = stage;
      const { order, request } = await submitted();
      provider.forget(request.requestId);
      await deliver(order.id, { type: "finished", requestId: request.requestId });
      expect((await untilStatus(order.id, "failed")).state).toMatchObject({ reason: "result_lost" });
      await expectInvariants(stage);
    });

    it("looks at an order at one pace, however many had reason to look", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, time, likeness } = stage;
      const { order } = await submitted();
      await time.pass(120);
      for (let count = 0; count < 3; count++) await likeness.operator.look({ operator: "olga", orderId: order.id });
      const before = provider.calls.length;
      await time.pass(100);
      expect(provider.calls.length - before).toBeLessThanOrEqual(11);
    });

    it("cancels at the provider first, and says when it is too late", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, order: orderOf, untilStatus, credits, time } = stage;
      const { order } = await submitted();
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      expect(provider.calls).toContain("cancel");
      expect(await kind.cancel(stage, order)).toStrictEqual(err(kind.nothingToCancel(await orderOf(order.id))));
      await time.until("the credits are back", () => credits.lastOf(order.id) === "release");

      const late = await submitted();
      provider.report(late.request.requestId, { type: "succeeded", outcome: kind.outcome() });
      expect(await kind.cancel(stage, late.order)).toStrictEqual(ok("too-late"));
      await untilStatus(late.order.id, "succeeded");
      await expectInvariants(stage);
    });

    it("does not call an order cancelled that the provider may have without our knowing", async () => {
      const stage = await openOrderStage(create, kind);
      const { ordered, provider, untilStatus } = stage;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id } = await ordered();
      expect(await kind.cancel(stage, await untilStatus(id, "unknown"))).toStrictEqual(
        err({ type: "illegal-transition", entity: "order", from: "unknown", transition: "cancel" }),
      );
    });
  });
}
