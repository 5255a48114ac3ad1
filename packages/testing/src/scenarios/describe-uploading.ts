import { secondsBetween, type BlobStore } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, openStage, type CreateStorage } from "./stage.ts";

/** The upload of a training's photos, which is prepared before the training is sent. */
export function describeUploading(create: CreateStorage): void {
  describe("uploading", () => {
    it("does not pay when a photo is gone for good", async () => {
      const stage = await openStage(create);
      const { provider, draft, likeness, blobs, untilStatus, time, training } = stage;
      const { id: avatarId } = await draft();
      for (const key of blobs.blobs.keys()) await valueOf(blobs.delete(key));
      const { id } = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      await time.pass(250);
      expect((await training(id)).state.status).toBe("requested");
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "photos_missing" });
      expect(provider.submissions).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("uploads photos that were not there at first", async () => {
      const blobs = memoryBlobStore();
      let misses = 2;
      const get: BlobStore["get"] = (key) =>
        misses-- > 0 ? errAsync({ type: "blob-not-found", key }) : blobs.get(key);
      const stage = await openStage(create, { blobs: { ...blobs, get } });
      const { provider, ordered, untilStatus } = stage;
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("uploads again what could not be uploaded", async () => {
      const stage = await openStage(create);
      const { provider, ordered, untilStatus } = stage;
      provider.failNext("prepare", { type: "provider-unavailable", detail: "503" });
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("waits as long as the upload is asked to, then uploads again", async () => {
      const stage = await openStage(create);
      const { provider, ordered, untilStatus } = stage;
      provider.failNext("prepare", { type: "provider-unavailable", detail: "429", retryAfterSeconds: 90 });
      const { id, createdAt } = await ordered();
      const { state } = await untilStatus(id, "submitted");
      const submittedAt = state.status === "submitted" ? state.submittedAt : "";
      expect(secondsBetween(createdAt, submittedAt)).toBeGreaterThanOrEqual(90);
      expect(secondsBetween(createdAt, submittedAt)).toBeLessThan(95);
      expect(provider.calls.filter((call) => call === "prepare")).toHaveLength(2);
      await expectInvariants(stage);
    });

    it("fails at once when the upload is refused", async () => {
      const stage = await openStage(create);
      const { provider, ordered, untilStatus, time } = stage;
      provider.failNext("prepare", { type: "provider-refused", status: 403, detail: "User is locked" });
      const { id, createdAt } = await ordered();
      const { state } = await untilStatus(id, "failed");
      expect(state).toMatchObject({ reason: "rejected", detail: "User is locked" });
      expect(secondsBetween(createdAt, state.status === "failed" ? state.finishedAt : "")).toBeLessThan(5);
      await time.pass(60);
      expect([provider.calls, provider.submissions]).toStrictEqual([["prepare"], []]);
      await expectInvariants(stage);
    });
  });
}
