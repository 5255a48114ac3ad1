import { describe, expect, it } from "vitest";
import { addSeconds, type Photo, type PhotoRejection } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { aPhoto, anAcceptedPhoto } from "../../fixtures/photo.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

const rejections: PhotoRejection[] = [
  { code: "empty" },
  { code: "unsupported-format", format: "heif" },
  { code: "extreme-ratio", ratio: 3.25, maximum: 3 },
  { code: "near-duplicate", of: 3, distance: 4 },
];

const { reference: _reference, ...handedOver } = aPhoto();

const photos: [string, Photo][] = [
  ["pending", aPhoto({ reference: { locator: foreignText, key: `🔑 ${foreignText}` } })],
  ["handed over without a reference", handedOver],
  ["accepted", anAcceptedPhoto({ number: 12 })],
  ...rejections.map((rejection): [string, Photo] => [
    `rejected as ${rejection.code}`,
    aPhoto({ state: { status: "rejected", rejection } }),
  ]),
];

export function describePhotoRepository(create: CreateStore): void {
  describe("photos", () => {
    it.each(photos)("gives back every field of a photo that is %s", async (_, fixture) => {
      const store = await create();
      const photo = { ...fixture, avatarId: (await storedAvatar(store)).id };
      expect(await store.photos.save(photo)).toStrictEqual(ok({ ...photo, version: 1 }));
      expect(await store.photos.find(photo.id)).toStrictEqual(ok({ ...photo, version: 1 }));
    });

    it("knows nothing of an id that was never saved", async () => {
      const { photos: repository } = await create();
      expect(await repository.find("nothing")).toStrictEqual(ok(undefined));
      expect(await repository.listByAvatar("nobody")).toStrictEqual(ok([]));
    });

    it("lists the photos of an avatar in the order of their numbers", async () => {
      const store = await create();
      const [{ id: avatarId }, other] = [await storedAvatar(store), await storedAvatar(store)];
      for (const number of [10, 9, 1, 2]) await valueOf(store.photos.save(aPhoto({ avatarId, number })));
      await valueOf(store.photos.save(aPhoto({ avatarId: other.id, number: 3 })));
      const listed = await valueOf(store.photos.listByAvatar(avatarId));
      expect(listed.map((photo) => photo.number)).toStrictEqual([1, 2, 9, 10]);
    });

    it("replaces exactly the version that was read", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const read = await valueOf(store.photos.save(aPhoto({ avatarId })));
      const judged = { ...read, state: anAcceptedPhoto().state };
      expect(await store.photos.save(judged)).toStrictEqual(ok({ ...judged, version: 2 }));
      const conflict = err({ type: "version-conflict", entity: "photo", id: read.id });
      expect(await store.photos.save({ ...read, state: { status: "pending" } })).toStrictEqual(conflict);
      expect(await store.photos.find(read.id)).toStrictEqual(ok({ ...judged, version: 2 }));
    });

    it("deletes a photo, again and again", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const photo = await valueOf(store.photos.save(aPhoto({ avatarId })));
      const conflict = err({ type: "version-conflict", entity: "photo", id: photo.id });
      expect(await store.photos.delete(photo.id)).toStrictEqual(ok(undefined));
      expect(await store.photos.delete(photo.id)).toStrictEqual(ok(undefined));
      expect(await store.photos.find(photo.id)).toStrictEqual(ok(undefined));
      expect(await store.photos.save(photo)).toStrictEqual(conflict);
    });

    it("finds photos that have been pending since before a moment, oldest first", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store);
      const save = (number: number, seconds: number, state: Photo["state"] = { status: "pending" }) =>
        valueOf(store.photos.save(aPhoto({ avatarId, number, state, createdAt: addSeconds(testStart, seconds) })));
      const third = await save(1, 30);
      const first = await save(2, 10);
      const second = await save(3, 20);
      await save(4, 5, { status: "rejected", rejection: { code: "empty" } });
      await save(5, 6, anAcceptedPhoto().state);

      const moment = addSeconds(testStart, 30);
      expect(await store.photos.pendingBefore(moment, 10)).toStrictEqual(ok([first, second]));
      expect(await store.photos.pendingBefore(moment, 1)).toStrictEqual(ok([first]));
      expect(await store.photos.pendingBefore(addSeconds(moment, 1), 10)).toStrictEqual(ok([first, second, third]));
    });

    it("needs a blob as long as an accepted photo of any avatar has it", async () => {
      const store = await create();
      const [left, right] = [await storedAvatar(store), await storedAvatar(store)];
      const photo = await valueOf(store.photos.save(anAcceptedPhoto({ avatarId: left.id })));
      const twin = await valueOf(store.photos.save(aPhoto({ avatarId: right.id, state: photo.state })));
      const key = photo.state.status === "accepted" ? photo.state.blobKey : "";

      expect(await store.photos.usesBlob("another")).toStrictEqual(ok(false));
      await valueOf(store.photos.delete(photo.id));
      expect(await store.photos.usesBlob(key)).toStrictEqual(ok(true));
      await valueOf(store.photos.save({ ...twin, state: { status: "rejected", rejection: { code: "empty" } } }));
      expect(await store.photos.usesBlob(key)).toStrictEqual(ok(false));
    });
  });
}
