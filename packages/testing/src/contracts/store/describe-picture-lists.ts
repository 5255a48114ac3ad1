import { describe, expect, it } from "vitest";
import { addSeconds, type Picture, type PictureFilter, type PicturePage, type Store } from "@likeness/core";
import { ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { aPicture } from "../../fixtures/picture.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const ownerId = "owner:1";

/** Pictures of two avatars of an owner, two of which were ordered at the same time, and one of another owner. */
async function gallery(store: Store) {
  const [left, right] = [await storedAvatar(store), await storedAvatar(store)];
  const { id: foreign } = await storedAvatar(store, { ownerId: "owner:2" });
  const save = (id: string, seconds: number, overrides: Partial<Picture>) =>
    valueOf(store.pictures.save(aPicture({ id, ownerId, createdAt: addSeconds(testStart, seconds), ...overrides })));
  await save("a", 30, { avatarId: left.id });
  await save("d", 20, { avatarId: left.id, favourite: true });
  await save("x", 15, { avatarId: foreign, ownerId: "owner:2", favourite: true });
  await save("b", 10, { avatarId: left.id });
  await save("c", 10, { avatarId: right.id, favourite: true });
  await save("e", 0, { avatarId: left.id, favourite: true });
  return { left: left.id, right: right.id };
}

/** What is chosen by the avatars' ids, and the pictures that it is, newest first. */
const choices: [string, (avatars: { left: string; right: string }) => PictureFilter, string][] = [
  ["of an owner", () => ({ ownerId }), "adcbe"],
  ["of an avatar", ({ left }) => ({ ownerId, avatarId: left }), "adbe"],
  ["that are favourites", () => ({ ownerId, favourites: true }), "dce"],
  ["of an avatar that are favourites", ({ left }) => ({ ownerId, avatarId: left, favourites: true }), "de"],
  ["of the other avatar", ({ right }) => ({ ownerId, avatarId: right }), "c"],
  ["of another owner's avatar", ({ left }) => ({ ownerId: "owner:2", avatarId: left }), ""],
];

export function describePictureLists(create: CreateStore): void {
  describe("lists of pictures", () => {
    it.each(choices)("lists the pictures %s, newest first, page by page", async (_, choose, ids) => {
      const store = await create();
      const filter = choose(await gallery(store));
      const listed = async (page: PicturePage) =>
        (await valueOf(store.pictures.list(filter, page))).map(({ id }) => id).join("");
      expect(await listed({ limit: 100 })).toBe(ids);
      expect(await listed({ limit: 2 })).toBe(ids.slice(0, 2));
      for (const [index, olderThan] of ids.split("").entries()) {
        expect(await listed({ limit: 100, olderThan })).toBe(ids.slice(index + 1));
        expect(await listed({ limit: 1, olderThan })).toBe(ids.slice(index + 1, index + 2));
      }
    });

    it.each(choices)("knows where each picture stands among those %s", async (_, choose, ids) => {
      const store = await create();
      const filter = choose(await gallery(store));
      for (const id of "abcdex") {
        const index = ids.indexOf(id);
        const [newerId, olderId] = [ids[index - 1], ids[index + 1]];
        const place = {
          position: index + 1,
          total: ids.length,
          ...(newerId !== undefined && { newerId }),
          ...(olderId !== undefined && { olderId }),
        };
        expect(await store.pictures.positionOf(filter, id)).toStrictEqual(ok(index < 0 ? undefined : place));
      }
    });

    it("goes on from a picture that is not among its own, and has none after one that is gone", async () => {
      const store = await create();
      await gallery(store);
      const favourites = { ownerId, favourites: true } as const;
      const [next] = await valueOf(store.pictures.list(favourites, { limit: 1, olderThan: "b" }));
      expect(next?.id).toBe("e");
      await valueOf(store.pictures.delete("b"));
      expect(await store.pictures.list(favourites, { limit: 1, olderThan: "b" })).toStrictEqual(ok([]));
    });

    it("follows what is liked and what is deleted", async () => {
      const store = await create();
      await gallery(store);
      const favourites = { ownerId, favourites: true } as const;
      const picture = await valueOf(store.pictures.find("c"));
      if (picture) await valueOf(store.pictures.save({ ...picture, favourite: false }));
      await valueOf(store.pictures.delete("d"));
      expect(await store.pictures.positionOf(favourites, "c")).toStrictEqual(ok(undefined));
      expect(await store.pictures.positionOf(favourites, "e")).toStrictEqual(ok({ position: 1, total: 1 }));
      expect(await store.pictures.positionOf({ ownerId }, "c")).toStrictEqual(
        ok({ position: 2, total: 4, newerId: "a", olderId: "b" }),
      );
    });
  });
}
