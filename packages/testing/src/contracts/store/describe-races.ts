import { describe, expect, it } from "vitest";
import { addSeconds, type Repositories } from "@likeness/core";
import { err, errAsync, ok } from "neverthrow";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { anInboxDelivery } from "../../fixtures/inbox-delivery.ts";
import { testStart } from "../../clock/test-clock.ts";
import { aTraining } from "../../fixtures/training.ts";
import { aPhoto } from "../../fixtures/photo.ts";
import { valueOf } from "../../results/value-of.ts";
import { dawdle, overlapping } from "./overlapping.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const changedMyMind = { type: "changed-my-mind" } as const;

/** Several transactions at once. A store that runs them one after the other passes too. */
export function describeRaces(create: CreateStore): void {
  describe("races", () => {
    it("shows a second holder what the first one wrote", async () => {
      const store = await create();
      const { id } = await storedAvatar(store);
      const rename = (tx: Repositories, name: string, begun: () => void) =>
        tx.avatars.hold(id).andThen((avatar) => {
          begun();
          if (!avatar) return errAsync({ type: "gone" });
          return dawdle(tx).andThen(() => tx.avatars.save({ ...avatar, name: `${avatar.name}, ${name}` }));
        });
      const [first, second] = await overlapping(
        store,
        (tx, begun) => rename(tx, "first", begun),
        () => store.atomically((tx) => rename(tx, "second", () => undefined)),
      );
      expect(first.isOk() && second.isOk()).toBe(true);
      expect(await valueOf(store.avatars.find(id))).toMatchObject({ name: "Ada, first, second", version: 3 });
    });

    it("shows a second holder of an order what the first one wrote", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const { id } = await valueOf(store.orders.save(aTraining("submitted", { avatarId })));
      const look = (tx: Repositories, begun: () => void) =>
        (tx.orders.hold?.(id) ?? tx.avatars.hold(avatarId).andThen(() => tx.orders.find(id))).andThen((order) => {
          begun();
          if (!order) return errAsync({ type: "gone" });
          const { nextCheckAt = testStart } = order;
          return dawdle(tx).andThen(() => tx.orders.save({ ...order, nextCheckAt: addSeconds(nextCheckAt, 1) }));
        });
      const before = await valueOf(store.orders.find(id));
      const [first, second] = await overlapping(
        store,
        (tx, begun) => look(tx, begun),
        () => store.atomically((tx) => look(tx, () => undefined)),
      );
      expect(first.isOk() && second.isOk()).toBe(true);
      const nextCheckAt = addSeconds(before?.nextCheckAt ?? testStart, 2);
      expect(await valueOf(store.orders.find(id))).toMatchObject({ nextCheckAt, version: 3 });
    });

    it("keeps other transactions from writing an avatar that is held", async () => {
      const store = await create();
      const avatar = await storedAvatar(store);
      const [held, other] = await overlapping(
        store,
        (tx, begun) =>
          tx.avatars
            .hold(avatar.id)
            .andTee(begun)
            .andThen(() => dawdle(tx))
            .andThen(() => tx.avatars.save({ ...avatar, name: "held" })),
        () => store.avatars.save({ ...avatar, name: "other" }),
      );
      expect(held).toStrictEqual(ok({ ...avatar, name: "held", version: 2 }));
      expect(other).toStrictEqual(err({ type: "version-conflict", entity: "avatar", id: avatar.id }));
    });

    it("adds no photo to an avatar that is held and then deleted", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const [deleted, added] = await overlapping(
        store,
        (tx, begun) =>
          tx.avatars
            .hold(avatarId)
            .andTee(begun)
            .andThen(() => dawdle(tx))
            .andThen(() => tx.avatars.delete(avatarId)),
        () => store.photos.save(aPhoto({ avatarId })),
      );
      expect(deleted).toStrictEqual(ok(undefined));
      expect(added).toStrictEqual(err({ type: "storage-failure", cause: expect.anything() }));
      expect(await store.photos.listByAvatar(avatarId)).toStrictEqual(ok([]));
    });

    it.each([
      ["known", "is committed", ok("new")],
      ["new", "is rolled back", err(changedMyMind)],
    ] as const)("calls a delivery %s whose twin came first and %s", async (answer, _, outcome) => {
      const store = await create();
      const delivery = anInboxDelivery();
      const [first, second] = await overlapping(
        store,
        (tx, begun) =>
          tx.inbox
            .insert(delivery)
            .andTee(begun)
            .andThen((inserted) => dawdle(tx).map(() => inserted))
            .andThen((inserted) => outcome.map(() => inserted)),
        () => store.inbox.insert({ ...delivery, id: fixtureIds.next() }),
      );
      expect(first).toStrictEqual(outcome);
      expect(second).toStrictEqual(ok(answer));
    });

    it("keeps one main avatar through many choices at once", async () => {
      const store = await create();
      const avatars = [await storedAvatar(store, { main: true })];
      while (avatars.length < 5) avatars.push(await storedAvatar(store));
      const choices = [...avatars, ...avatars].map(({ id }) => store.avatars.setMain("owner:1", id));
      const refused = err({ type: "already-exists", rule: "avatar-main" });
      for (const result of await Promise.all(choices)) expect([ok(undefined), refused]).toContainEqual(result);
      const main = (await valueOf(store.avatars.listByOwner("owner:1"))).filter((avatar) => avatar.main);
      expect(main).toHaveLength(1);
    });
  });
}
