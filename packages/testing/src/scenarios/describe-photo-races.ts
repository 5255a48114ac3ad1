import type { Photo, PhotoSource } from "@likeness/core";
import { errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakePhotoSource } from "../fakes/fake-photo-source.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { closedGate } from "../contracts/gate.ts";
import { runJob } from "./run-job.ts";
import { owner, openStage, type CreateStorage, type StageOverrides } from "./stage.ts";

/** A submitted photo that the first worker cannot fetch before the gate is open. */
async function beingFetched(create: CreateStorage) {
  const gate = closedGate();
  const photoSource = fakePhotoSource();
  const held: PhotoSource = {
    fetch: (reference, signal) => {
      const answer = photoSource.fetch(reference, signal);
      return photoSource.fetched.length === 1 ? fromSafePromise(gate.passed).andThen(() => answer) : answer;
    },
  };
  const stage = await openStage(create, { photoSource: held });
  const { id: avatarId } = await stage.draft(0);
  const reference = photoSource.offer("file", photoBytes());
  const photo = await valueOf(stage.likeness.photos.submit({ actor: owner, avatarId, reference }));
  await stage.time.until("it is being fetched", () => photoSource.fetched.length === 1);
  return { stage, photo, photoSource, letThrough: gate.open };
}

/** A submitted photo that cannot be fetched, and after how long it is given up. */
async function neverComing(create: CreateStorage, overrides: StageOverrides) {
  const stage = await openStage(create, { ...overrides, policy: { photoDeadlineSeconds: 120 } });
  const { id: avatarId } = await stage.draft(0);
  const reference = stage.photoSource.offer("file", photoBytes());
  const { id, createdAt } = await valueOf(stage.likeness.photos.submit({ actor: owner, avatarId, reference }));
  const state = async () => (await valueOf(stage.store.photos.find(id)))?.state;
  await stage.time.until("it is given up", async () => (await state())?.status === "rejected");
  const seconds = (Date.parse(stage.time.clock.now()) - Date.parse(createdAt)) / 1000;
  return { seconds, state: await state() };
}

const unavailable: Photo["state"] = { status: "rejected", rejection: { code: "unavailable" } };

export function describePhotoRaces(create: CreateStorage): void {
  describe("photos that are fetched", () => {
    it("keeps nothing of one that was removed meanwhile", async () => {
      const { stage, photo, photoSource, letThrough } = await beingFetched(create);
      const { likeness, store, blobs, time } = stage;
      await valueOf(likeness.photos.remove({ actor: owner, photoId: photo.id }));
      letThrough();
      await time.pass(90);
      expect(await store.photos.listByAvatar(photo.avatarId)).toStrictEqual(ok([]));
      expect(blobs.blobs.size).toBe(0);
      expect(photoSource.fetched).toHaveLength(1);
    });

    it("keeps nothing of one whose avatar was erased meanwhile, and does not fetch it again", async () => {
      const { stage, photo, photoSource, letThrough } = await beingFetched(create);
      const { likeness, blobs, time } = stage;
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: photo.avatarId }));
      letThrough();
      await time.pass(90);
      expect(blobs.blobs.size).toBe(0);
      expect(photoSource.fetched).toHaveLength(1);
    });

    it("leaves alone what another worker has accepted meanwhile", async () => {
      const { stage, photo, photoSource, letThrough } = await beingFetched(create);
      const { store, blobs, time } = stage;
      await valueOf(runJob(stage, "photo.inspect", { photoId: photo.id }));
      const accepted = await valueOf(store.photos.find(photo.id));
      expect(accepted?.state.status).toBe("accepted");
      letThrough();
      await time.pass(90);
      expect(await store.photos.find(photo.id)).toStrictEqual(ok(accepted));
      expect(blobs.blobs.size).toBe(1);
      expect(photoSource.fetched).toHaveLength(2);
    });

    it("does not fetch again a photo that was accepted or rejected", async () => {
      const stage = await openStage(create);
      const { likeness, draft, photoSource, time, store } = stage;
      const { id: avatarId } = await draft(0);
      const reference = photoSource.offer("file", photoBytes());
      const { id } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      const state = async () => (await valueOf(store.photos.find(id)))?.state.status;
      await time.until("it is accepted", async () => (await state()) === "accepted");
      const before = photoSource.fetched.length;
      expect(await runJob(stage, "photo.inspect", { photoId: id })).toStrictEqual(ok({ type: "done" }));
      expect(photoSource.fetched).toHaveLength(before);
    });

    it("says how large one is that its source does not hand over, and how large it may be", async () => {
      const { likeness, draft, photoSource, time, store } = await openStage(create);
      const { id: avatarId } = await draft(0);
      photoSource.failNext({ type: "source-refused", reason: "too-large", bytes: 21, maximum: 20 });
      const reference = photoSource.offer("file", photoBytes());
      const { id } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      const state = async () => (await valueOf(store.photos.find(id)))?.state;
      await time.until("it is accepted or rejected", async () => (await state())?.status !== "pending");
      expect(await state()).toStrictEqual({
        status: "rejected",
        rejection: { code: "file-too-large", bytes: 21, maximum: 20 },
      });
    });

    it.each([10, 100_000])("gives up at the deadline, asked to wait for %d s each time", async (retryAfterSeconds) => {
      const busy: PhotoSource = {
        fetch: () => errAsync({ type: "source-unavailable", detail: "429", retryAfterSeconds }),
      };
      const { seconds, state } = await neverComing(create, { photoSource: busy });
      expect(state).toStrictEqual(unavailable);
      expect(seconds).toBeGreaterThanOrEqual(120);
      expect(seconds).toBeLessThan(130);
    });

    it("gives up what its source never hands over, without a word about when it might", async () => {
      const failing: PhotoSource = { fetch: () => errAsync({ type: "source-unavailable", detail: "reset" }) };
      expect((await neverComing(create, { photoSource: failing })).state).toStrictEqual(unavailable);
    });
  });
}
