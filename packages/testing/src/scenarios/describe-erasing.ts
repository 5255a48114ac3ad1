import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { endOfTime, expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** Orders are erased with their avatar, whatever they are doing. */
export function describeErasing(create: CreateStorage, kind: TestedKind): void {
  describe("erasing", () => {
    it("refuses a stranger before anything is cancelled", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, likeness, order: orderOf } = stage;
      const { order } = await submitted();
      const { avatarId } = order;
      expect(await likeness.avatars.erase({ actor: "owner:2", avatarId })).toStrictEqual(
        err({ type: "avatar-not-found", avatarId }),
      );
      expect(provider.calls).not.toContain("cancel");
      expect((await orderOf(order.id)).state.status).toBe("submitted");
    });

    it("calls back a request that was accepted while its avatar was erased", async () => {
      const stage = await openOrderStage(create, kind);
      const { ordered, erase, provider, time, log, store } = stage;
      let erased = false;
      provider.answerNextSubmit("accept", async () => {
        const order = provider.submissions[0]?.order;
        erased = order !== undefined && (await erase(order)).isOk();
      });
      const { id } = await ordered();
      await time.until("the provider is told to stop", () => provider.calls.includes("cancel"));
      await time.until("it is erased there", () => provider.erased.some(({ requestId }) => requestId !== undefined));
      expect(erased).toBe(true);
      expect(await valueOf(store.orders.find(id))).toBeUndefined();
      expect(log.entries.filter(({ level }) => level === "error")).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("leaves nothing of what deliveries said about it, and nothing of those that come later", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, erase, deliver, untilSettled, receiver, store } = stage;
      const { order, request } = await submitted();
      const running = (percent: number) => ({ type: "running", requestId: request.requestId, percent }) as const;
      const known = async () => (await Promise.all(ids.map((id) => valueOf(store.inbox.find(id))))).filter(Boolean);
      const ids: string[] = [];
      const note = async () => {
        for (const { id } of await valueOf(store.inbox.unsettledBefore(endOfTime, 10))) ids.push(id);
      };
      await deliver(order.id, running(10));
      await note();
      await untilSettled();
      expect(await known()).toMatchObject([{ outcome: "applied", headers: {}, body: new Uint8Array() }]);
      receiver.setKeysAvailable(false);
      await deliver(order.id, running(20));
      await note();
      expect(await known()).toHaveLength(2);

      await valueOf(erase(order));
      expect(await known()).toStrictEqual([]);
      expect(await deliver(order.id, running(30))).toStrictEqual(
        err({ type: "webhook-deferred", reason: "unknown-order" }),
      );
      receiver.setKeysAvailable(true);
      expect(
        await deliver(order.id, { type: "succeeded", requestId: request.requestId, outcome: kind.outcome() }),
      ).toStrictEqual(ok({ stored: "known" }));
      await note();
      expect(await known()).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("cancels an order under way and gives its credits back", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, erase, provider, credits, time, blobs, avatar, notifier } = stage;
      const { order } = await submitted();
      await valueOf(erase(order));
      expect(provider.calls).toContain("cancel");
      expect(await avatar(order.avatarId)).toBeUndefined();
      await time.until("the credits are back", () => credits.lastOf(order.id) === "release");
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await time.pass(60);
      expect(notifier.attempts).toStrictEqual([]);
      expect(credits.calls.filter(({ method }) => method === "capture")).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("erases an order that could not be cancelled all the same", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, erase, provider, avatar } = stage;
      const { order } = await submitted();
      provider.failNext("cancel", { type: "provider-unavailable", detail: "503" });
      await valueOf(erase(order));
      expect(await avatar(order.avatarId)).toBeUndefined();
      await expectInvariants(stage);
    });

    it("spends the credits of an order that yielded an outcome but was not finished yet", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, erase, provider, credits, time } = stage;
      const { order, request } = await submitted();
      for (let count = 0; count < 3; count++) credits.failNext("capture");
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await time.until("it was tried", () => credits.calls.some(({ method }) => method === "capture"));
      await valueOf(erase(order));
      await time.until("they are spent", () => credits.lastOf(order.id) === "capture");
      expect(credits.calls.filter(({ method }) => method === "release")).toStrictEqual([]);
      await expectInvariants(stage);
    });
  });
}
