import { addSeconds, jobKinds, type BlobFailure, type BlobStore } from "@likeness/core";
import { ok, ResultAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { runJob } from "./run-job.ts";
import { expectInvariants, owner, photoLimits, openStage, type CreateStorage } from "./stage.ts";

export function describeErasingPhotos(create: CreateStorage): void {
  describe("erasing photos", () => {
    it("leaves no bytes of one whose process died before it wrote the row", async () => {
      const inner = memoryBlobStore();
      let isDying = false;
      const never = () => new ResultAsync<string, BlobFailure>(new Promise(() => undefined));
      const blobs: BlobStore = {
        ...inner,
        put: (content, announce) =>
          isDying ? inner.put(content, announce).andThen(never) : inner.put(content, announce),
      };
      const stage = await openStage(create, { blobs });
      const { submitted, time, likeness, store } = stage;
      const { training } = await submitted();
      const { avatarId } = training;
      isDying = true;
      void likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() });
      await time.until("its bytes are there", () => inner.blobs.size > photoLimits.minimum);
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId }));
      await time.until("no bytes are left", () => inner.blobs.size === 0);
      await time.pass(60);
      expect(inner.blobs.size).toBe(0);
      expect(await valueOf(store.avatars.find(avatarId))).toBeUndefined();
    });

    it("takes bytes that no row needs away after an hour, and leaves others alone", async () => {
      const stage = await openStage(create);
      const { submitted, provider, untilStatus, training: trainingOf, blobs, time } = stage;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.until("nothing is left", async () => (await trainingOf(training.id)).nextCheckAt === undefined);
      const { avatarId, snapshot, state } = await trainingOf(training.id);
      const stray = await valueOf(blobs.put(photoBytes()));
      const look = (blobKey = "", hours = 0) => {
        const until = addSeconds(time.clock.now(), 3_600 * hours);
        return runJob(stage, jobKinds.guardBlob, { blobKey, avatarId, until });
      };
      const model = state.status === "succeeded" ? state.outcome.weights.blobKey : undefined;
      const needed = [model, snapshot.manifest[0]?.blobKey].map((key) => key ?? "");
      for (const key of needed) expect(await look(key)).toStrictEqual(ok({ type: "done" }));
      expect(await look(stray, 1)).toMatchObject({ value: { type: "again" } });
      expect([...needed, stray].map((key) => blobs.blobs.has(key))).toStrictEqual([true, true, true]);
      expect(await look(stray)).toStrictEqual(ok({ type: "done" }));
      expect([...needed, stray].map((key) => blobs.blobs.has(key))).toStrictEqual([true, true, false]);
      await expectInvariants(stage);
    });
  });
}
