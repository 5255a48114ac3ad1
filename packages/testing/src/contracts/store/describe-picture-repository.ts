import { describe, expect, it } from "vitest";
import type { Picture } from "@likeness/core";
import { err, ok } from "neverthrow";
import { aPicturePlan } from "../../fixtures/image-order.ts";
import { aPicture } from "../../fixtures/picture.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const pictures: [string, Partial<Picture>][] = [
  ["of a scene", {}],
  [
    "of words, that is a favourite, and that its channel has",
    {
      id: `id ${foreignText}`,
      setId: `set ${foreignText}`,
      ownerId: `owner ${foreignText}`,
      plan: aPicturePlan({ from: "words", scene: undefined, words: foreignText, seed: 2 ** 31 - 1 }),
      blobKey: `blob ${foreignText}`,
      contentType: "image/png",
      favourite: true,
      channelFile: `file ${foreignText}`,
    },
  ],
  ["of another picture", { plan: aPicturePlan({ from: "variation", parentId: foreignText }), width: 9, height: 16 }],
];

export function describePictureRepository(create: CreateStore): void {
  describe("pictures", () => {
    it.each(pictures)("gives back every field of a picture %s", async (_, overrides) => {
      const store = await create();
      const picture = aPicture({ ...overrides, avatarId: (await storedAvatar(store)).id });
      const { scene, ...plan } = picture.plan;
      const saved = { ...picture, plan: scene === undefined ? plan : picture.plan, version: 1 };
      await valueOf(store.pictures.save(picture));
      expect(await store.pictures.find(picture.id)).toStrictEqual(ok(saved));
      expect(await store.pictures.list({ ownerId: picture.ownerId }, { limit: 9 })).toStrictEqual(ok([saved]));
    });

    it("knows nothing of an id that was never saved", async () => {
      const store = await create();
      for (const id of ["nothing", foreignText]) {
        expect(await store.pictures.find(id)).toStrictEqual(ok(undefined));
        expect(await store.pictures.positionOf({ ownerId: "owner:1" }, id)).toStrictEqual(ok(undefined));
        expect(await store.pictures.list({ ownerId: id }, { limit: 9 })).toStrictEqual(ok([]));
      }
    });

    it("finds many at once, and leaves out what is not there", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const left = await valueOf(store.pictures.save(aPicture({ id: "left", avatarId })));
      const right = await valueOf(store.pictures.save(aPicture({ id: "right", avatarId })));
      await valueOf(store.pictures.save(aPicture({ avatarId })));
      const found = await valueOf(store.pictures.findMany(["right", "nothing", "left"]));
      expect(found.toSorted((one, other) => one.id.localeCompare(other.id))).toStrictEqual([left, right]);
      expect(await store.pictures.findMany([])).toStrictEqual(ok([]));
    });

    it("takes no picture of an avatar that is not there", async () => {
      const store = await create();
      const picture = aPicture({ avatarId: "nobody" });
      expect(await store.pictures.save(picture)).toStrictEqual(
        err({ type: "storage-failure", cause: expect.anything() }),
      );
      expect(await store.pictures.find(picture.id)).toStrictEqual(ok(undefined));
    });

    it("replaces exactly the version that was read", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const read = await valueOf(store.pictures.save(aPicture({ avatarId, channelFile: "file" })));
      const liked = { ...read, favourite: true, version: 2 };
      expect(await store.pictures.save({ ...read, favourite: true })).toStrictEqual(ok(liked));
      const conflict = err({ type: "version-conflict", entity: "picture", id: read.id });
      expect(await store.pictures.save({ ...read, channelFile: "another" })).toStrictEqual(conflict);
      expect(await store.pictures.find(read.id)).toStrictEqual(ok(liked));
      const { channelFile: _gone, ...forgotten } = liked;
      await valueOf(store.pictures.save({ ...forgotten, channelFile: undefined }));
      expect(await store.pictures.find(read.id)).toStrictEqual(ok({ ...forgotten, version: 3 }));
    });

    it("lets one of two concurrent writers win, also within a transaction", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const picture = await valueOf(store.pictures.save(aPicture({ avatarId })));
      const results = await Promise.all([
        store.pictures.save({ ...picture, favourite: true }),
        store.atomically((tx) => tx.pictures.save({ ...picture, channelFile: "file" })),
      ]);
      expect(results).toContainEqual(err({ type: "version-conflict", entity: "picture", id: picture.id }));
      const [winner, ...others] = results.filter((result) => result.isOk());
      expect(others).toStrictEqual([]);
      expect(await store.pictures.find(picture.id)).toStrictEqual(winner);
    });

    it("keeps one of two pictures that are saved with the same id at once", async () => {
      const store = await create();
      const picture = aPicture({ avatarId: (await storedAvatar(store)).id });
      const results = await Promise.all([store.pictures.save(picture), store.pictures.save(picture)]);
      expect(results).toContainEqual(ok({ ...picture, version: 1 }));
      expect(results).toContainEqual(err({ type: "already-exists", rule: "id" }));
    });

    it("deletes a picture, again and again, and does not bring it back", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const picture = await valueOf(store.pictures.save(aPicture({ avatarId })));
      const kept = await valueOf(store.pictures.save(aPicture({ avatarId })));
      expect(await store.pictures.delete(picture.id)).toStrictEqual(ok(undefined));
      expect(await store.pictures.delete(picture.id)).toStrictEqual(ok(undefined));
      expect(await store.pictures.find(picture.id)).toStrictEqual(ok(undefined));
      expect(await store.pictures.save(picture)).toStrictEqual(
        err({ type: "version-conflict", entity: "picture", id: picture.id }),
      );
      expect(await store.pictures.list({ ownerId: kept.ownerId }, { limit: 9 })).toStrictEqual(ok([kept]));
    });

    it("deletes those of an avatar with it, and no others", async () => {
      const store = await create();
      const [avatar, other] = [await storedAvatar(store), await storedAvatar(store)];
      const gone = await valueOf(store.pictures.save(aPicture({ avatarId: avatar.id })));
      const kept = await valueOf(store.pictures.save(aPicture({ avatarId: other.id })));
      await valueOf(store.avatars.delete(avatar.id));
      expect(await store.pictures.find(gone.id)).toStrictEqual(ok(undefined));
      expect(await store.pictures.list({ ownerId: kept.ownerId }, { limit: 9 })).toStrictEqual(ok([kept]));
    });
  });
}
