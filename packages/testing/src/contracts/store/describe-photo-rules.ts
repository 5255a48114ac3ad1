import { describe, expect, it } from "vitest";
import type { UniqueRule } from "@likeness/core";
import { err, ok } from "neverthrow";
import { aPhoto, anAcceptedPhoto, somePhotoFacts } from "../../fixtures/photo.ts";
import { valueOf } from "../../results/value-of.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const refused = (rule: UniqueRule) => err({ type: "already-exists", rule });

export function describePhotoRules(create: CreateStore): void {
  describe("rules of photos", () => {
    it("refuses to insert an id that is there", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const { id } = await valueOf(store.photos.save(aPhoto({ avatarId })));
      expect(await store.photos.save(aPhoto({ id, avatarId, number: 2 }))).toStrictEqual(refused("id"));
    });

    it("refuses the same file twice in an avatar, also when a pending photo turns out to be it", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      const facts = somePhotoFacts();
      const accepted = await valueOf(store.photos.save(anAcceptedPhoto({ avatarId, facts })));
      const pending = await valueOf(store.photos.save(aPhoto({ avatarId, number: 2 })));

      expect(await store.photos.save(anAcceptedPhoto({ avatarId, number: 3, facts }))).toStrictEqual(
        refused("photo-sha256"),
      );
      expect(await store.photos.save({ ...pending, state: accepted.state })).toStrictEqual(refused("photo-sha256"));
      expect((await store.photos.save(anAcceptedPhoto({ avatarId: other.id, facts }))).isOk()).toBe(true);
    });

    it("lets exactly one of twenty concurrent inserts of the same file in", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const facts = somePhotoFacts();
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.photos.save(anAcceptedPhoto({ avatarId, number: index + 1, facts })),
        ),
      );
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(results.filter((result) => result.isErr())).toStrictEqual(Array(19).fill(refused("photo-sha256")));
    });

    it("refuses the same submission twice in an avatar", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      const reference = { locator: "file-1", key: "chat-1:message-1" };
      await valueOf(store.photos.save(aPhoto({ avatarId, reference })));

      const again = aPhoto({ avatarId, number: 2, reference: { ...reference, locator: "file-2" } });
      expect(await store.photos.save(again)).toStrictEqual(refused("photo-reference"));
      expect((await store.photos.save(aPhoto({ avatarId: other.id, reference }))).isOk()).toBe(true);
    });

    it("refuses the same number twice in an avatar", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      await valueOf(store.photos.save(aPhoto({ avatarId, number: 4 })));
      expect(await store.photos.save(aPhoto({ avatarId, number: 4 }))).toStrictEqual(refused("photo-number"));
      expect((await store.photos.save(aPhoto({ avatarId: other.id, number: 4 }))).isOk()).toBe(true);
    });

    it("takes any number of photos without a file or reference yet", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      for (const number of [1, 2, 3])
        await valueOf(store.photos.save(aPhoto({ avatarId, number, reference: undefined })));
      expect(await valueOf(store.photos.listByAvatar(avatarId))).toHaveLength(3);
    });

    it("takes no photo of an avatar that is not there", async () => {
      const store = await create();
      const photo = aPhoto({ avatarId: "nobody" });
      expect(await store.photos.save(photo)).toStrictEqual(err({ type: "storage-failure", cause: expect.anything() }));
      expect(await store.photos.find(photo.id)).toStrictEqual(ok(undefined));
    });
  });
}
