import { keepDelivery } from "@likeness/core";
import { err, errAsync, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fixtureIds } from "../fixtures/fixture-ids.ts";
import { anInboxDelivery } from "../fixtures/inbox-delivery.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { withinTransactions, withParts } from "./replaced-parts.ts";
import { alarmsOf, expectInvariants, owner, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

export function describeWebhooks(create: CreateStorage, kind: TestedKind): void {
  describe("webhooks", () => {
    const success = (requestId: string) => ({ type: "succeeded" as const, requestId, outcome: kind.outcome() });

    it("takes the outcome that was delivered", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilStatus, avatar, credits, time } = stage;
      const { order, request } = await submitted();
      const event = success(request.requestId);
      expect(await deliver(order.id, event)).toStrictEqual(ok({ stored: "new" }));
      const done = await untilStatus(order.id, "succeeded");
      expect(done.state).toMatchObject({ outcome: event.outcome });
      expect(await avatar(order.avatarId)).toMatchObject({
        state: kind.avatar.succeeded(order.id),
        main: kind.avatar.becomesMain,
      });
      await time.until("the credits are spent", () => credits.lastOf(order.id) === "capture");
      await expectInvariants(stage);
    });

    it("takes the same delivery twenty times at once and acts once", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilStatus, told, time } = stage;
      const { order, request } = await submitted();
      const event = success(request.requestId);
      const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(order.id, event)));
      expect(answers.filter((answer) => answer.isOk() && answer.value.stored === "new")).toHaveLength(1);
      expect(answers.every((answer) => answer.isOk())).toBe(true);
      await untilStatus(order.id, "succeeded");
      await time.pass(120);
      expect(told()).toStrictEqual(kind.told.succeeded("stored"));
      await expectInvariants(stage);
    });

    it("stores those that come at once in few transactions, each with its own answer and job", async () => {
      const seen = { transactions: 0 };
      const counting = withParts(create, (store) => ({
        atomically: (work) => {
          seen.transactions += 1;
          return store.atomically(work);
        },
      }));
      const stage = await openOrderStage(counting, kind);
      seen.transactions = 0;
      const deliveries = Array.from({ length: 10 }, () => anInboxDelivery());
      const twice = [...deliveries, ...deliveries.map((delivery) => ({ ...delivery, id: fixtureIds.next() }))];
      const kept = await Promise.all(twice.map((delivery) => keepDelivery(stage.ports, delivery)));
      const told = (outcome: "new" | "known") => deliveries.map(() => ok(outcome));
      expect(kept).toStrictEqual([...told("new"), ...told("known")]);
      expect(seen.transactions).toBeLessThanOrEqual(2);
      await stage.untilSettled();
      expect(alarmsOf(stage)).toStrictEqual(deliveries.map(() => "a verified webhook cannot be read"));
    });

    it("stores all others when one of those that come at once cannot be stored", async () => {
      const refused: { orderId?: string } = {};
      const failing = withinTransactions(create, ({ inbox }) => ({
        inbox: {
          ...inbox,
          insertMany: (deliveries) =>
            deliveries.some(({ orderId }) => orderId === refused.orderId)
              ? errAsync({ type: "storage-failure", cause: "on purpose" })
              : inbox.insertMany(deliveries),
        },
      }));
      const stage = await openOrderStage(failing, kind);
      const [bad, good] = [await stage.submitted(), await stage.submitted()];
      refused.orderId = bad.order.id;
      const events = new Map([bad, good].map(({ order, request }) => [order.id, success(request.requestId)]));
      const deliver = ({ order, request }: typeof bad) =>
        stage.deliver(order.id, events.get(order.id) ?? success(request.requestId));
      const answers = await Promise.all([good, bad, good].map(deliver));
      // Signatures are checked beside each other, so either of two equal deliveries may come first.
      const one = ok({ stored: "new" });
      const other = ok({ stored: "known" });
      const failed = err({ type: "storage-failure", cause: "on purpose" });
      expect([
        [one, failed, other],
        [other, failed, one],
      ]).toContainEqual(answers);
      await stage.untilStatus(good.order.id, "succeeded");
      refused.orderId = "";
      expect(await deliver(bad)).toStrictEqual(ok({ stored: "new" }));
      await stage.untilStatus(bad.order.id, "succeeded");
      await expectInvariants(stage);
    });

    it("says why an order failed", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilStatus, avatar } = stage;
      const { order, request } = await submitted();
      await deliver(order.id, { type: "failed", requestId: request.requestId, detail: "no face was found" });
      expect((await untilStatus(order.id, "failed")).state).toMatchObject({
        reason: "provider_error",
        detail: "no face was found",
      });
      expect((await avatar(order.avatarId))?.state).toStrictEqual(kind.avatar.failed(order.id, "provider_error"));
      await expectInvariants(stage);
    });

    it("fetches the result that a delivery announces without bringing it along", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilStatus, provider } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      provider.failNext("look", { type: "provider-unavailable", detail: "503" });
      await deliver(order.id, { type: "finished", requestId: request.requestId });
      await untilStatus(order.id, "succeeded");
      await expectInvariants(stage);
    });

    it("lets the first outcome win, and keeps a success that comes after a failure", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, untilStatus, isCopied, order: orderOf, time } = stage;
      const { order, request } = await submitted();
      const { requestId } = request;
      await deliver(order.id, { type: "failed", requestId, detail: "first" });
      await untilStatus(order.id, "failed");
      await deliver(order.id, success(requestId));
      await untilSettled();
      expect((await orderOf(order.id)).state).toMatchObject({ status: "failed", reason: "provider_error" });
      await time.until("the late result is copied", () => isCopied(order.id));
      expect((await orderOf(order.id)).state).toMatchObject({ status: "failed", lateOutcome: {} });
      await expectInvariants(stage);
    });

    it("ignores a failure that comes after a success", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, untilStatus, order: orderOf } = stage;
      const { order, request } = await submitted();
      await deliver(order.id, success(request.requestId));
      await untilStatus(order.id, "succeeded");
      await deliver(order.id, { type: "failed", requestId: request.requestId, detail: "second" });
      await untilSettled();
      expect((await orderOf(order.id)).state.status).toBe("succeeded");
      await expectInvariants(stage);
    });

    it("changes nothing of a cancelled order, and keeps its result", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, order: orderOf, avatar, notifier } = stage;
      const { order, request } = await submitted();
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      await deliver(order.id, success(request.requestId));
      await untilSettled();
      expect((await orderOf(order.id)).state).toMatchObject({ status: "cancelled", lateOutcome: {} });
      expect((await avatar(order.avatarId))?.state).toStrictEqual(kind.avatar.cancelled);
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("stores nothing of what comes for an erased order, and does nothing", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, likeness, provider, notifier, time } = stage;
      const { order, request } = await submitted();
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: order.avatarId }));
      expect(provider.calls).toContain("cancel");
      expect(await deliver(order.id, success(request.requestId))).toStrictEqual(ok({ stored: "known" }));
      await time.pass(2);
      expect(alarmsOf(stage)).toStrictEqual([]);
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("sounds an alarm when another request reports about an order", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, order: orderOf } = stage;
      const { order } = await submitted();
      await deliver(order.id, success("another-request"));
      await untilSettled();
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      expect(alarmsOf(stage)).toHaveLength(1);
      await expectInvariants(stage);
    });
  });
}
