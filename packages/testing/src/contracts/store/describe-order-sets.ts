import { describe, expect, it } from "vitest";
import { activeStatuses, addSeconds, type ImageOrder, type Order, type OrderStatus } from "@likeness/core";
import { ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { anImageOrder, anImageSnapshot } from "../../fixtures/image-order.ts";
import { aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const after = (seconds: number) => addSeconds(testStart, seconds);

const ownerId = "owner:1";

export function describeOrderSets(create: CreateStore): void {
  describe("sets of orders", () => {
    /** An empty store, and a way to save orders of one of its avatars. */
    async function prepared() {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const save = (order: Order): Promise<Order> => valueOf(store.orders.save({ ...order, avatarId }));
      const place = (status: OrderStatus, overrides: Partial<ImageOrder> = {}) =>
        save(anImageOrder(status, { ownerId, ...overrides }));
      return { orders: store.orders, save, place };
    }

    it("lists the orders of a set, oldest first, and no others", async () => {
      const { orders, save, place } = await prepared();
      const setId = `set ${foreignText}`;
      const snapshot = anImageSnapshot({ place: 2 });
      const again = await place("requested", { setId, snapshot, createdAt: after(60) });
      const first = await place("succeeded", { id: setId, setId });
      const second = await place("failed", { setId, snapshot, createdAt: after(1) });
      await place("submitted");
      await save(aTraining("submitted"));
      expect(await orders.listBySet(setId)).toStrictEqual(ok([first, second, again]));
      expect(await orders.listBySet("none")).toStrictEqual(ok([]));
    });

    it("keeps the set of an order as it goes on, and adds none to an order that is alone", async () => {
      const { orders, save, place } = await prepared();
      const ofSet = await place("requested", { setId: "a set" });
      const alone = await save(aTraining("requested"));
      for (const order of [ofSet, alone]) {
        const moved = await valueOf(orders.save({ ...order, state: anImageOrder("submitted").state }));
        expect(await orders.find(order.id)).toStrictEqual(ok(moved));
      }
      expect(alone).not.toHaveProperty("setId");
      expect(await orders.listBySet("a set")).toMatchObject({ value: [{ id: ofSet.id, version: 2 }] });
    });

    it.each(activeStatuses)("counts a set as under way while one of its orders is %s, once", async (status) => {
      const { orders, place } = await prepared();
      const active = async () => (await valueOf(orders.countPlaced(ownerId, after(1)))).active;
      const first = await place("succeeded");
      await place(status, { setId: first.id });
      const last = await place(status, { setId: first.id });
      await place("failed");
      await place(status, { ownerId: "owner:2" });
      expect(await active()).toBe(1);
      const another = await place(status);
      expect(await active()).toBe(2);
      for (const order of [another, last])
        await valueOf(orders.save({ ...order, state: anImageOrder("cancelled").state }));
      expect(await active()).toBe(1);
    });

    it.each(activeStatuses)("counts an order without a set, e.g. a training, that is %s as one", async (status) => {
      const { orders, save, place } = await prepared();
      await save(aTraining(status, { ownerId, createdAt: after(1) }));
      await save(aTraining("failed", { ownerId, createdAt: after(2) }));
      await place(status, { createdAt: after(3) });
      expect(await orders.countPlaced(ownerId, after(1))).toStrictEqual(ok({ active: 2, placed: 3 }));
      expect(await orders.countPlaced(ownerId, after(3))).toStrictEqual(ok({ active: 2, placed: 1 }));
    });

    it("counts nothing that was ordered for an owner and not by them, and keeps that as it goes on", async () => {
      const { orders, place } = await prepared();
      const given = await place("requested", { uncounted: true });
      const again = await place("submitted", { setId: given.id, uncounted: true });
      expect(await orders.countPlaced(ownerId, testStart)).toStrictEqual(ok({ active: 0, placed: 0 }));
      const moved = await valueOf(orders.save({ ...given, state: anImageOrder("submitted").state }));
      expect(await orders.find(given.id)).toStrictEqual(ok(moved));
      expect([given, again, moved].map(({ uncounted }) => uncounted)).toStrictEqual([true, true, true]);
      expect(await orders.countPlaced(ownerId, testStart)).toStrictEqual(ok({ active: 0, placed: 0 }));
    });

    it("counts what was placed since a moment, whatever has become of it", async () => {
      const { orders, place } = await prepared();
      const old = await place("failed", { createdAt: after(59) });
      const placed = await Promise.all(
        (["failed", "cancelled", "succeeded"] as const).map((status, index) =>
          place(status, { createdAt: after(60 + index) }),
        ),
      );
      for (const { id: setId } of placed) await place("failed", { setId, createdAt: after(61) });
      // The pictures of one that are placed again later.
      await place("succeeded", { setId: old.id, createdAt: after(90) });
      await place("succeeded", { ownerId: "owner:2", createdAt: after(70) });
      expect(await orders.countPlaced(ownerId, after(60))).toStrictEqual(ok({ active: 0, placed: 3 }));
      expect(await orders.countPlaced(ownerId, after(61))).toStrictEqual(ok({ active: 0, placed: 2 }));
      expect(await orders.countPlaced(ownerId, after(99))).toStrictEqual(ok({ active: 0, placed: 0 }));
      expect(await orders.countPlaced("nobody", testStart)).toStrictEqual(ok({ active: 0, placed: 0 }));
    });
  });
}
