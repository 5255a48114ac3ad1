import type { OrderEvent } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { alarmsOf, endOfTime, expectInvariants, stage, type CreateStorage } from "./stage.ts";

const success = (requestId: string): OrderEvent => ({ type: "succeeded", requestId, outcome: aModel() });

export function describeWebhookTrust(create: CreateStorage): void {
  describe("trust in webhooks", () => {
    it("keeps a verified delivery that it cannot read, with an alarm", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, training: trainingOf } = scene;
      const { training, request } = await submitted();
      const body = new TextEncoder().encode("not JSON");
      expect(await deliver(training.id, success(request.requestId), { body })).toStrictEqual(ok({ stored: "new" }));
      await untilSettled();
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(alarmsOf(scene)).toStrictEqual(["a verified webhook cannot be read"]);
    });

    it.each([
      ["a wrong signature", { key: "another key" }, "signature-invalid"],
      ["another account", { account: "somebody" }, "foreign-account"],
      ["a stale time", { sentAt: "2020-01-01T00:00:00.000Z" }, "signature-stale"],
      ["another request in the header", { requestId: "r-9" }, "request-mismatch"],
    ] as const)("refuses %s and stores nothing", async (_name, options, reason) => {
      const scene = await stage(create);
      const { submitted, deliver, store, training: trainingOf } = scene;
      const { training, request } = await submitted();
      expect(await deliver(training.id, success(request.requestId), options)).toStrictEqual(
        err({ type: "webhook-rejected", reason }),
      );
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(await store.inbox.unsettledBefore("9999", 10)).toStrictEqual(ok([]));
    });

    it("admits only the token of the very training", async () => {
      const { submitted, likeness, ports } = await stage(create);
      const { training } = await submitted();
      const address = new URL((await ports.webhooks?.address.urlFor(training.id)) ?? "");
      const token = address.searchParams.get("token") ?? "";
      const notFound = err({ type: "webhook-not-found" });
      expect((await likeness.webhooks.admit({ orderId: training.id, token })).isOk()).toBe(true);
      expect(await likeness.webhooks.admit({ orderId: training.avatarId, token })).toStrictEqual(notFound);
      expect(await likeness.webhooks.admit({ orderId: training.id, token: "" })).toStrictEqual(notFound);
    });

    it("stores while the keys are out of reach, and does nothing before they are back", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilStatus, untilSettled, receiver, training: trainingOf, time, provider } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 5 });
      receiver.setKeysAvailable(false);
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      const forged = success("forged");
      expect(await deliver(training.id, forged, { key: "another key" })).toStrictEqual(ok({ stored: "new" }));
      await time.pass(90);
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      receiver.setKeysAvailable(true);
      await untilStatus(training.id, "succeeded");
      await untilSettled();
      expect(alarmsOf(scene)).toStrictEqual(["a webhook that was stored unverified was forged"]);
      await expectInvariants(scene);
    });

    it("keeps few unverified deliveries of a training, however many come at once, and forged ones no longer than it must", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, receiver, store, provider, time } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 5 });
      receiver.setKeysAvailable(false);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, number) =>
          deliver(training.id, success(`forged-${number}`), { key: "another key" }),
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
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
    });

    it("keeps no long delivery that nobody has verified, and answers the one that it has", async () => {
      const scene = await stage(create);
      const { submitted, deliver, receiver } = scene;
      const { training, request } = await submitted();
      receiver.setKeysAvailable(false);
      const body = new Uint8Array(16_385);
      expect(await deliver(training.id, success(request.requestId), { body })).toStrictEqual(
        err({ type: "webhook-deferred", reason: "too-large" }),
      );
      const event = success(request.requestId);
      const again = () => deliver(training.id, event);
      expect(await again()).toStrictEqual(ok({ stored: "new" }));
      expect(await again()).toStrictEqual(ok({ stored: "known" }));
    });
  });
}
