import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { owner, photoLimits, openStage, type CreateStorage } from "./stage.ts";

const rejected = (rejection: unknown) => err({ type: "photo-rejected", rejection });

export function describePhotos(create: CreateStorage): void {
  describe("photos", () => {
    it("takes exactly as many as there are places, however many arrive at once", async () => {
      const { likeness, draft, store, blobs } = await openStage(create);
      const { id: avatarId } = await draft(0);
      const answers = await Promise.all(
        Array.from({ length: 21 }, () => likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() })),
      );
      const refused = answers.filter((answer) => answer.isErr());
      expect(refused).toStrictEqual(
        Array(21 - photoLimits.maximum).fill(rejected({ code: "limit-reached", maximum: photoLimits.maximum })),
      );
      const photos = await valueOf(store.photos.listByAvatar(avatarId));
      expect(photos.map(({ number }) => number)).toStrictEqual([1, 2, 3, 4, 5]);
      expect(blobs.blobs.size).toBe(photoLimits.maximum);
    });

    it("takes the same photo once, however often it arrives at once", async () => {
      const { likeness, draft, store, blobs } = await openStage(create);
      const { id: avatarId } = await draft(0);
      const bytes = photoBytes();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => likeness.photos.add({ actor: owner, avatarId, bytes })),
      );
      expect(answers.filter((answer) => answer.isErr())).toStrictEqual(
        Array(9).fill(rejected({ code: "duplicate", of: 1 })),
      );
      expect(await valueOf(store.photos.listByAvatar(avatarId))).toHaveLength(1);
      expect(blobs.blobs.size).toBe(1);
    });

    it("names the photo that shows the same picture", async () => {
      const { likeness, draft } = await openStage(create);
      const { id: avatarId } = await draft(0);
      const add = (fingerprint: string) =>
        likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes({ fingerprint }) });
      await valueOf(add("0000000000000000"));
      await valueOf(add("ffffffffffffffff"));
      expect(await add("fffffffffffffffc")).toStrictEqual(rejected({ code: "near-duplicate", of: 2, distance: 2 }));
    });

    it("stores nothing of a photo that the inspector refuses", async () => {
      const { likeness, draft, store, blobs } = await openStage(create);
      const { id: avatarId } = await draft(0);
      const reject = { code: "too-small", side: 320, minimum: 512 } as const;
      expect(await likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes({ reject }) })).toStrictEqual(
        rejected(reject),
      );
      expect(await store.photos.listByAvatar(avatarId)).toStrictEqual(ok([]));
      expect(blobs.blobs.size).toBe(0);
    });

    it("says so when the bytes cannot be stored, and stores no row that points to nothing", async () => {
      const { likeness, draft, store, blobs } = await openStage(create);
      const { id: avatarId } = await draft(0);
      blobs.setDown(true);
      expect(await likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() })).toMatchObject({
        error: { type: "blob-failure" },
      });
      expect(await store.photos.listByAvatar(avatarId)).toStrictEqual(ok([]));
    });

    it("never gives a number twice, and takes a removed photo's bytes away", async () => {
      const { likeness, draft, store, blobs, time } = await openStage(create);
      const { id: avatarId } = await draft(2);
      const [, second] = await valueOf(store.photos.listByAvatar(avatarId));
      await valueOf(likeness.photos.remove({ actor: owner, photoId: second?.id ?? "" }));
      await time.until("the bytes are gone", () => blobs.blobs.size === 1);
      const third = await valueOf(likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() }));
      expect(third.number).toBe(3);
    });

    it("keeps the photos of a training under way", async () => {
      const { likeness, submitted, store } = await openStage(create);
      const { training } = await submitted();
      const [photo] = await valueOf(store.photos.listByAvatar(training.avatarId));
      expect(await likeness.photos.remove({ actor: owner, photoId: photo?.id ?? "" })).toStrictEqual(
        err({ type: "training-active", trainingId: training.id }),
      );
    });

    it("notes a submitted photo when it arrives and what came out when it was fetched", async () => {
      const { likeness, draft, store, photoSource, time } = await openStage(create);
      const { id: avatarId } = await draft(0);
      const reject = { code: "too-blurry", sharpness: 3, minimum: 40 } as const;
      const good = photoSource.offer("good", photoBytes());
      const bad = photoSource.offer("bad", photoBytes({ reject }));
      const gone = { locator: "gone", key: "message of gone" };
      for (const reference of [good, bad, gone, good])
        await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      await time.until("all are accepted or rejected", async () =>
        (await valueOf(store.photos.listByAvatar(avatarId))).every(({ state }) => state.status !== "pending"),
      );
      const photos = await valueOf(store.photos.listByAvatar(avatarId));
      expect(
        photos.map(({ number, state }) => [number, state.status === "rejected" ? state.rejection : state.status]),
      ).toStrictEqual([
        [1, "accepted"],
        [2, reject],
        [3, { code: "unavailable" }],
      ]);
    });

    it("waits for a source that is busy as long as it asks", async () => {
      const { likeness, draft, store, photoSource, time } = await openStage(create);
      const { id: avatarId } = await draft(0);
      photoSource.failNext({ type: "source-unavailable", detail: "429", retryAfterSeconds: 30 });
      const reference = photoSource.offer("busy", photoBytes());
      const { id } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      const begun = time.clock.now();
      await time.until(
        "it is accepted",
        async () => (await valueOf(store.photos.find(id)))?.state.status === "accepted",
      );
      expect(Date.parse(time.clock.now()) - Date.parse(begun)).toBeGreaterThanOrEqual(30_000);
    });
  });
}
