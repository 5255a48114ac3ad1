import type { BlobStore, PhotoInspector, PhotoSource } from "@likeness/core";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakePhotoInspector } from "../fakes/fake-photo-inspector.ts";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { closedGate } from "../contracts/gate.ts";
import { withinTransactions } from "./replaced-parts.ts";
import { owner, photoLimits, openStage, type CreateStorage, type Stage } from "./stage.ts";

const limitReached = (maximum: number) =>
  err({ type: "photo-rejected", rejection: { code: "limit-reached", maximum } });

const submit = ({ likeness }: Stage, avatarId: string, locator: string) =>
  likeness.photos.submit({ actor: owner, avatarId, reference: { locator, key: locator } });

const busy: PhotoSource = {
  fetch: () => errAsync({ type: "source-unavailable", detail: "429", retryAfterSeconds: 3_000 }),
};

export function describePhotoPlaces(create: CreateStorage): void {
  describe("places for photos", () => {
    it("takes no submitted photo once every place is taken", async () => {
      const stage = await openStage(create);
      const { id } = await stage.draft(photoLimits.maximum);
      expect(await submit(stage, id, "one more")).toStrictEqual(limitReached(photoLimits.maximum));
    });

    it.each([0, 2])("lets twice as many wait as there are places, with %d of them taken", async (accepted) => {
      const stage = await openStage(create, { photoSource: busy });
      const { id } = await stage.draft(accepted);
      for (let count = accepted; count < 2 * photoLimits.maximum; count++) await valueOf(submit(stage, id, `${count}`));
      expect(await submit(stage, id, "one more")).toStrictEqual(limitReached(photoLimits.maximum));
      expect((await submit(stage, id, `${accepted}`)).isOk()).toBe(true);
    });

    it("keeps so many rows at most, refused photos included", async () => {
      const stage = await openStage(create, { policy: { photosPerAvatar: 4 } });
      const { draft, store, time } = stage;
      const { id } = await draft(1);
      for (const locator of ["1", "2", "3"]) await valueOf(submit(stage, id, locator));
      await time.until("all are refused", async () =>
        (await valueOf(store.photos.listByAvatar(id))).every(({ state }) => state.status !== "pending"),
      );
      expect(await submit(stage, id, "4")).toStrictEqual(limitReached(4));
    });

    it("never gives the number of a submitted photo twice", async () => {
      const stage = await openStage(create, { photoSource: busy });
      const { id } = await stage.draft(0);
      await valueOf(submit(stage, id, "1"));
      const second = await valueOf(submit(stage, id, "2"));
      await valueOf(stage.likeness.photos.remove({ actor: owner, photoId: second.id }));
      expect((await valueOf(submit(stage, id, "3"))).number).toBe(3);
    });

    it("does not even store the bytes of a picture that the avatar has", async () => {
      const blobs = memoryBlobStore();
      let puts = 0;
      const counting: BlobStore = {
        ...blobs,
        put: (content) => {
          puts++;
          return blobs.put(content);
        },
      };
      const { likeness, draft } = await openStage(create, { blobs: counting });
      const { id: avatarId } = await draft(0);
      const add = () =>
        likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes({ fingerprint: "ffffffffffffffff" }) });
      await valueOf(add());
      expect((await add()).isErr()).toBe(true);
      expect(puts).toBe(1);
    });

    it("stores the bytes again that an erasure deleted before their row was there", async () => {
      const blobs = memoryBlobStore();
      const deleting = withinTransactions(create, ({ photos }) => ({
        photos: {
          ...photos,
          save: (photo) => {
            if (photo.state.status === "accepted") void blobs.delete(photo.state.blobKey);
            return photos.save(photo);
          },
        },
      }));
      const { likeness, draft } = await openStage(deleting, { blobs });
      const { id: avatarId } = await draft(0);
      const photo = await valueOf(likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() }));
      expect(photo.state.status === "accepted" && blobs.blobs.has(photo.state.blobKey)).toBe(true);
    });

    it("does not find the avatar that was erased while its photo was inspected", async () => {
      const { inspect } = fakePhotoInspector();
      const gate = closedGate();
      const inspector: PhotoInspector = {
        inspect: (bytes) => fromSafePromise(gate.passed).andThen(() => inspect(bytes)),
      };
      const { likeness, draft, store, blobs } = await openStage(create, { inspector });
      const { id: avatarId } = await draft(0);
      const adding = likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() });
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId }));
      gate.open();
      expect(await adding).toStrictEqual(err({ type: "avatar-not-found", avatarId }));
      expect(await store.photos.listByAvatar(avatarId)).toStrictEqual(ok([]));
      expect(blobs.blobs.size).toBe(0);
    });
  });
}
