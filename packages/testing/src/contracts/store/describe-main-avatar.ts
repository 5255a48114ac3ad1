import { describe, expect, it } from "vitest";
import { err, errAsync, ok } from "neverthrow";
import { anAvatar } from "../../fixtures/avatar.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

export function describeMainAvatar(create: CreateStore): void {
  describe("main avatars", () => {
    it("keeps one main avatar per owner", async () => {
      const store = await create();
      await storedAvatar(store, { main: true });
      await storedAvatar(store, { main: true, ownerId: "owner:2" });
      const other = await storedAvatar(store);
      const refused = err({ type: "already-exists", rule: "avatar-main" });
      expect(await store.avatars.save(anAvatar({ main: true }))).toStrictEqual(refused);
      expect(await store.avatars.save({ ...other, main: true })).toStrictEqual(refused);
    });

    it("moves the main avatar, and a save of what was read before is a conflict", async () => {
      const store = await create();
      const [old, chosen] = [await storedAvatar(store, { main: true }), await storedAvatar(store)];
      const foreign = await storedAvatar(store, { main: true, ownerId: "owner:2" });
      expect(await store.avatars.setMain("owner:1", chosen.id)).toStrictEqual(ok(undefined));
      expect(await valueOf(store.avatars.find(old.id))).toMatchObject({ main: false });
      expect(await valueOf(store.avatars.find(chosen.id))).toMatchObject({ main: true });
      expect(await store.avatars.find(foreign.id)).toStrictEqual(ok(foreign));
      for (const stale of [old, chosen])
        expect(await store.avatars.save(stale)).toStrictEqual(
          err({ type: "version-conflict", entity: "avatar", id: stale.id }),
        );
    });

    it("moves the main avatar with the rest of a transaction, or not at all", async () => {
      const store = await create();
      const [old, chosen] = [await storedAvatar(store, { main: true }), await storedAvatar(store)];
      const main = async () => (await valueOf(store.avatars.listByOwner("owner:1"))).filter((avatar) => avatar.main);
      const undone = await store.atomically((tx) =>
        tx.avatars.setMain("owner:1", chosen.id).andThen(() => errAsync({ type: "changed-my-mind" })),
      );
      expect(undone).toStrictEqual(err({ type: "changed-my-mind" }));
      expect(await main()).toStrictEqual([old]);
      expect(await store.atomically((tx) => tx.avatars.setMain("owner:1", chosen.id))).toStrictEqual(ok(undefined));
      expect(await main()).toMatchObject([{ id: chosen.id }]);
    });

    it.each([true, false])("leaves one of several chosen at once, the first one or not: %j", async (replacing) => {
      const store = await create();
      await storedAvatar(store, { main: replacing });
      const chosen = [await storedAvatar(store), await storedAvatar(store), await storedAvatar(store)];
      const results = await Promise.all(chosen.map(({ id }) => store.avatars.setMain("owner:1", id)));
      const refused = err({ type: "already-exists", rule: "avatar-main" });
      expect(results.filter((result) => result.isOk())).not.toHaveLength(0);
      for (const result of results) expect([ok(undefined), refused]).toContainEqual(result);

      const main = (await valueOf(store.avatars.listByOwner("owner:1"))).filter((avatar) => avatar.main);
      expect(main).toHaveLength(1);
      expect(chosen.map(({ id }) => id)).toContain(main[0]?.id);
    });

    it("makes no avatar main that another owner has, or that is missing", async () => {
      const store = await create();
      const mine = await storedAvatar(store, { main: true });
      const foreign = await storedAvatar(store, { ownerId: "owner:2" });
      expect(await store.avatars.setMain("owner:1", foreign.id)).toStrictEqual(ok(undefined));
      expect(await store.avatars.setMain("owner:1", "nobody")).toStrictEqual(ok(undefined));
      expect(await store.avatars.find(mine.id)).toStrictEqual(ok(mine));
      expect(await store.avatars.find(foreign.id)).toStrictEqual(ok(foreign));
    });
  });
}
