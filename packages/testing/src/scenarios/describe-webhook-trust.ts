import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { alarmsOf, endOfTime, expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

export function describeWebhookTrust(create: CreateStorage, kind: TestedKind): void {
  describe("trust in webhooks", () => {
    const success = (requestId: string) => ({ type: "succeeded" as const, requestId, outcome: kind.outcome() });

    it("keeps a verified delivery that it cannot read, with an alarm", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, order: orderOf } = stage;
      const { order, request } = await submitted();
      const body = new TextEncoder().encode("not JSON");
      expect(await deliver(order.id, success(request.requestId), { body })).toStrictEqual(ok({ stored: "new" }));
      await untilSettled();
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      expect(alarmsOf(stage)).toStrictEqual(["a verified webhook cannot be read"]);
    });

    it.each([
      ["a wrong signature", { key: "another key" }, "signature-invalid"],
      ["another account", { account: "somebody" }, "foreign-account"],
      ["a stale time", { sentAt: "2020-01-01T00:00:00.000Z" }, "signature-stale"],
      ["another request in the header", { requestId: "r-9" }, "request-mismatch"],
    ] as const)("refuses %s and stores nothing", async (_name, options, reason) => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, store, order: orderOf } = stage;
      const { order, request } = await submitted();
      expect(await deliver(order.id, success(request.requestId), options)).toStrictEqual(
        err({ type: "webhook-rejected", reason }),
      );
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      expect(await store.inbox.unsettledBefore("9999", 10)).toStrictEqual(ok([]));
    });

    it("admits only the token of the very order", async () => {
      const { submitted, likeness, ports } = await openOrderStage(create, kind);
      const { order } = await submitted();
      const address = new URL((await ports.webhooks?.address.urlFor(order.id)) ?? "");
      const token = address.searchParams.get("token") ?? "";
      const notFound = err({ type: "webhook-not-found" });
      expect((await likeness.webhooks.admit({ orderId: order.id, token })).isOk()).toBe(true);
      expect(await likeness.webhooks.admit({ orderId: order.avatarId, token })).toStrictEqual(notFound);
      const other = await submitted();
      expect(await likeness.webhooks.admit({ orderId: other.order.id, token })).toStrictEqual(notFound);
      expect(await likeness.webhooks.admit({ orderId: order.id, token: "" })).toStrictEqual(notFound);
    });

    it("stores while the keys are out of reach, and does nothing before they are back", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilStatus, untilSettled, receiver, order: orderOf, time, provider } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 5 });
      receiver.setKeysAvailable(false);
      expect(await deliver(order.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      const forged = success("forged");
      expect(await deliver(order.id, forged, { key: "another key" })).toStrictEqual(ok({ stored: "new" }));
      await time.pass(90);
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      receiver.setKeysAvailable(true);
      await untilStatus(order.id, "succeeded");
      await untilSettled();
      expect(alarmsOf(stage)).toStrictEqual(["a webhook that was stored unverified was forged"]);
      await expectInvariants(stage);
    });

    it("keeps few unverified deliveries of an order, however many come at once, and forged ones no longer than it must", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, untilSettled, receiver, store, provider, time } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 5 });
      receiver.setKeysAvailable(false);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, number) =>
          deliver(order.id, success(`forged-${number}`), { key: "another key" }),
        ),
      );
      expect(answers.filter((answer) => answer.isOk())).toHaveLength(5);
      expect(answers.filter((answer) => answer.isErr())).toStrictEqual(
        Array.from({ length: 15 }, () => err({ type: "webhook-deferred", reason: "too-many" })),
      );
      const kept = await valueOf(store.inbox.unsettledBefore(endOfTime, 100));
      expect(kept).toHaveLength(5);
      receiver.setKeysAvailable(true);
      await untilSettled();
      for (const { id } of kept) expect(await store.inbox.find(id)).toStrictEqual(ok(undefined));
      await time.pass(1);
      expect(await deliver(order.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
    });

    it("keeps no long delivery that is not verified, and answers the one that it has", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, deliver, receiver } = stage;
      const { order, request } = await submitted();
      receiver.setKeysAvailable(false);
      const body = new Uint8Array(16_385);
      expect(await deliver(order.id, success(request.requestId), { body })).toStrictEqual(
        err({ type: "webhook-deferred", reason: "too-large" }),
      );
      const event = success(request.requestId);
      const again = () => deliver(order.id, event);
      expect(await again()).toStrictEqual(ok({ stored: "new" }));
      expect(await again()).toStrictEqual(ok({ stored: "known" }));
    });
  });
}
