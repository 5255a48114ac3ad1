import { jobKinds, requestOf } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider, uploadOf } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage, type OrderStage } from "./order-stage.ts";
import { runJob } from "./run-job.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

export function describeErasingAtProvider(create: CreateStorage, kind: TestedKind): void {
  describe("erasing at the provider", () => {
    it("asks it once to erase what it keeps of every order, when it can", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, erase, time, untilStatus, log, store } = stage;
      const first = await stage.finished();
      const again = await valueOf(kind.place(stage, { avatarId: first.avatarId }));
      const second = await untilStatus(again.id, "submitted");
      provider.failNext("erase", { type: "provider-unavailable", detail: "503" });
      await valueOf(erase(second));
      await time.until("both are erased", () => provider.erased.length === 2);
      await time.pass(120);
      expect(new Set(provider.erased.map(({ orderId }) => orderId))).toStrictEqual(new Set([first.id, second.id]));
      expect(provider.erased).toHaveLength(2);
      const trace = provider.erased.find(({ orderId }) => orderId === second.id);
      expect(trace).toMatchObject({
        endpoint: second.snapshot.endpoint,
        prepared: kind.prepared(second.id),
        requestId: requestOf(second)?.requestId,
      });
      expect(await runJob(stage, jobKinds.eraseOrder, JSON.parse(JSON.stringify(trace)))).toMatchObject({
        value: { type: "done" },
      });
      expect(log.entries.filter(({ level }) => level === "error")).toStrictEqual([]);
      expect(await valueOf(store.orders.listByAvatar(first.avatarId))).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("takes the provider's refusal to erase for an answer, and says so once", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, erase, provider, time, log } = stage;
      const { order } = await submitted();
      provider.failNext("erase", { type: "provider-refused", status: 403, detail: "not an admin's key" });
      await valueOf(erase(order));
      const said = () => log.entries.filter(({ fields }) => fields.detail === "not an admin's key");
      await time.until("it was refused", () => said().length > 0);
      await time.pass(120);
      expect(said()).toMatchObject([{ level: "warn", fields: { orderId: order.id, status: 403 } }]);
      expect(provider.calls.filter((method) => method === "erase")).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("asks no longer than until the deadline, and says then whose order the provider keeps", async () => {
      const stage = await openOrderStage(create, kind, { policy: { erasureDeadlineSeconds: 100 } });
      const { submitted, erase, provider, time, log } = stage;
      const { order, request } = await submitted();
      const running = { type: "provider-unavailable", detail: "it runs still", retryAfterSeconds: 60 } as const;
      for (let count = 0; count < 9; count++) provider.failNext("erase", running);
      await valueOf(erase(order));
      const given = () => log.entries.filter(({ message }) => message === "erasing at the provider is given up");
      await time.until("it is given up", () => given().length > 0);
      await time.pass(180);
      const { id: orderId, avatarId } = order;
      const { requestId } = request;
      expect(given()).toMatchObject([{ level: "error", fields: { orderId, avatarId, requestId } }]);
      expect(provider.calls.filter((method) => method === "erase")).toHaveLength(3);
      await expectInvariants(stage);
    });

    it.each([
      ["rejected", { type: "submit-refused", status: 422, detail: "no" }],
      ["lost", { type: "submit-unconfirmed", detail: "504" }],
    ] as const)("asks for what was prepared for an order that was %s", async (_how, answer) => {
      const stage = await openOrderStage(create, kind);
      stage.provider.answerNextSubmit(answer);
      const { id } = await stage.ordered();
      const order = await stage.untilStatus(id, "failed");
      await valueOf(stage.erase(order));
      await expectErased(stage, id);
    });

    it("asks for what was prepared for an order that was cancelled before it was sent", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilPutOff } = stage;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "busy", retryAfterSeconds: 600 });
      const order = await ordered();
      await untilPutOff(order.id);
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      await valueOf(stage.erase(order));
      await expectErased(stage, order.id);
    });

    it("erases with a provider that cannot erase", async () => {
      const { erase: _cannot, ...provider } = fakeProvider();
      const stage = await openOrderStage(create, kind, { provider });
      const { submitted, erase, time, log, avatar, blobs } = stage;
      const { order } = await submitted();
      await valueOf(erase(order));
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      expect(await avatar(order.avatarId)).toBeUndefined();
      expect(log.entries.filter(({ level }) => level !== "info")).toStrictEqual([]);
    });

    async function expectErased(stage: OrderStage, orderId: string): Promise<void> {
      const { provider, time } = stage;
      await time.until("it is erased there", () => provider.erased.length > 0);
      const prepared = kind.prepared(orderId);
      expect(provider.erased).toMatchObject([{ orderId, prepared }]);
      expect(provider.uploads.has(uploadOf(prepared) ?? "")).toBe(false);
      await expectInvariants(stage);
    }
  });
}
