import type { InboxOutcome, OrderEvent, Provider } from "@likeness/core";
import { err, errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { notingOutcomes } from "./noting-outcomes.ts";
import { openOrderStage } from "./order-stage.ts";
import { alarmsOf, endOfTime, expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const foreign = "a webhook names another request than the order's own";

export function describeWebhookOutcomes(create: CreateStorage, kind: TestedKind): void {
  describe("outcomes of webhooks", () => {
    const success = (requestId: string) => ({ type: "succeeded" as const, requestId, outcome: kind.outcome() });

    it("does not take our own result because another request has finished", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, provider, order: orderOf } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await deliver(order.id, { type: "finished", requestId: "another-request" });
      await untilSettled();
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      expect(alarmsOf(stage)).toStrictEqual([foreign]);
      await expectInvariants(stage);
    });

    it("settles the news that an order has finished of which a restored database does not know", async () => {
      const outcomes: InboxOutcome[] = [];
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind);
      const { deliver, untilSettled, ports } = stage;
      await deliver(ports.ids.next(), { type: "finished", requestId: "r-1" });
      await untilSettled();
      expect(outcomes).toStrictEqual(["unknown_order"]);
    });

    it("keeps at a result that is out of reach, and gives up one that is gone", async () => {
      const outcomes: InboxOutcome[] = [];
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind);
      const { submitted, deliver, untilSettled, untilStatus, provider } = stage;
      const first = await submitted();
      provider.forget(first.request.requestId);
      await deliver(first.order.id, { type: "finished", requestId: first.request.requestId });
      await untilSettled();
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      provider.failNext("look", { type: "provider-unavailable", detail: "503" });
      await deliver(order.id, { type: "finished", requestId: request.requestId });
      await untilStatus(order.id, "succeeded");
      await untilSettled();
      expect(outcomes).toStrictEqual(["ignored", "applied"]);
    });

    it("fetches what an order yields that was given up before its request was known", async () => {
      const outcomes: InboxOutcome[] = [];
      const provider = fakeProvider();
      const blind: Provider = { ...provider, find: () => okAsync(undefined) };
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind, { provider: blind });
      const { ordered, deliver, untilSettled, untilStatus, order: orderOf, time } = stage;
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      await untilStatus(id, "failed");
      const [{ requestId } = { requestId: "" }] = provider.requests;
      const { outcome } = success(requestId);
      provider.report(requestId, { type: "succeeded", outcome });
      await deliver(id, { type: "finished", requestId });
      await untilSettled();
      expect((await orderOf(id)).state).toMatchObject({
        status: "failed",
        reason: "submit_unknown",
        request: { requestId },
        lateOutcome: outcome,
      });
      expect(outcomes).toStrictEqual(["late"]);
      await time.pass(1);
      await expectInvariants(stage);
    });

    it.each([
      { type: "request-not-found" } as const,
      { type: "provider-refused", status: 403, detail: "User is locked" } as const,
    ])("fetches what an order yields that was given up, though it was $type at first", async (refusal) => {
      const outcomes: InboxOutcome[] = [];
      const provider = fakeProvider();
      let refusals = 0;
      const look: Provider["look"] = (order) => (refusals-- > 0 ? errAsync(refusal) : provider.look(order));
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind, { provider: { ...provider, look } });
      const { submitted, deliver, untilSettled, untilStatus, order: orderOf } = stage;
      const { order, request } = await submitted();
      await untilStatus(order.id, "failed");
      const { outcome } = success(request.requestId);
      provider.report(request.requestId, { type: "succeeded", outcome });
      refusals = 3;
      await deliver(order.id, { type: "finished", requestId: request.requestId });
      await untilSettled();
      expect(outcomes).toStrictEqual(["late"]);
      expect((await orderOf(order.id)).state).toMatchObject({
        status: "failed",
        lateOutcome: outcome,
      });
    });

    it("gives up what is announced of an order that is over and stays unknown, with an alarm", async () => {
      const outcomes: InboxOutcome[] = [];
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind);
      const { submitted, deliver, untilSettled, untilStatus, provider, time } = stage;
      const { order, request } = await submitted();
      await untilStatus(order.id, "failed");
      provider.forget(request.requestId);
      await deliver(order.id, { type: "finished", requestId: request.requestId });
      await time.pass(250);
      expect(outcomes).toStrictEqual([]);
      await untilSettled();
      expect(outcomes).toStrictEqual(["given_up"]);
      expect(alarmsOf(stage)).toStrictEqual(["a webhook could not be verified or applied in time"]);
    });

    it("keeps the first of several late results, soon in its own blobs, and no late failure", async () => {
      const outcomes: InboxOutcome[] = [];
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind);
      const { provider, ordered, deliver, untilSettled, untilStatus, order: orderOf, isCopied, time } = stage;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id } = await ordered();
      await untilStatus(id, "failed");
      await time.pass(70);
      const first = success("r-1");
      const failure: OrderEvent = { type: "failed", requestId: "r-1", detail: "out of memory" };
      for (const event of [failure, first, success("r-1"), { ...failure, detail: "again" }, success("r-2")]) {
        await deliver(id, event);
        await untilSettled();
      }
      expect(outcomes).toStrictEqual(["late", "late", "late", "late", "foreign"]);
      await time.pass(5);
      const { state, nextCheckAt } = await orderOf(id);
      expect(state).toMatchObject({
        request: { requestId: "r-1" },
        lateOutcome: first.outcome,
      });
      expect(await isCopied(id)).toBe(true);
      expect(nextCheckAt).toBeUndefined();
    });

    it("gives a delivery up that could not be verified in time, with an alarm", async () => {
      const outcomes: InboxOutcome[] = [];
      const policy = { deliveryDeadlineSeconds: 100 };
      const stage = await openOrderStage(notingOutcomes(create, outcomes), kind, { policy });
      const { submitted, deliver, receiver, time } = stage;
      const { order, request } = await submitted();
      receiver.setKeysAvailable(false);
      await deliver(order.id, success(request.requestId));
      await time.pass(100);
      expect(outcomes).toStrictEqual([]);
      await time.pass(100);
      expect(outcomes).toStrictEqual(["given_up"]);
      expect(alarmsOf(stage)).toStrictEqual(["a webhook could not be verified or applied in time"]);
    });

    it("stores only the headers that are needed to verify a delivery", async () => {
      const { submitted, deliver, receiver, store } = await openOrderStage(create, kind);
      const { order, request } = await submitted();
      receiver.setKeysAvailable(false);
      await deliver(order.id, success(request.requestId));
      const [stored] = await valueOf(store.inbox.unsettledBefore(endOfTime, 1));
      expect(Object.keys(stored?.headers ?? {}).toSorted()).toStrictEqual([...receiver.headers].toSorted());
    });

    it("does not admit anything without an intake", async () => {
      const { ordered, likeness, ports } = await openOrderStage(create, kind, { webhooks: undefined });
      const { id } = await ordered();
      expect(ports.webhooks).toBeUndefined();
      expect(await likeness.webhooks.admit({ orderId: id, token: "any" })).toStrictEqual(
        err({ type: "webhook-not-found" }),
      );
    });
  });
}
