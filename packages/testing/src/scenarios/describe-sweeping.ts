import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

export function describeSweeping(create: CreateStorage): void {
  describe("sweeping", () => {
    it("brings everything to its end though every job was lost", async () => {
      const scene = await stage(losingJobs(create, () => true));
      const { draft, likeness, store, time, photoSource, provider, untilStatus, deliver, notifier, credits } = scene;
      const { id: avatarId } = await draft(2);
      const reference = photoSource.offer("third", photoBytes());
      const { id: photoId } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      await time.until("the photo is inspected", async () => {
        return (await valueOf(store.photos.find(photoId)))?.state.status === "accepted";
      });

      const { id } = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      await untilStatus(id, "submitted");
      const { requestId = "" } = provider.requests[0] ?? {};
      await deliver(id, { type: "succeeded", requestId, outcome: aModel() });
      await untilStatus(id, "succeeded");
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      await time.until("the credits are spent", () => credits.lastOf(id) === "capture");
      await time.until("every delivery is settled", async () => {
        return (await valueOf(store.inbox.unsettledBefore("9999", 1))).length === 0;
      });
      await expectInvariants(scene);
    });

    it("looks once a sweep at a photo that cannot be fetched, and piles up no retries", async () => {
      const { draft, likeness, time, photoSource } = await stage(create);
      const { id: avatarId } = await draft(2);
      for (let failures = 0; failures < 1_000; failures += 1)
        photoSource.failNext({ type: "source-unavailable", detail: "down" });
      await valueOf(
        likeness.photos.submit({ actor: owner, avatarId, reference: photoSource.offer("a", photoBytes()) }),
      );
      await time.pass(600);
      const soFar = photoSource.fetched.length;
      await time.pass(600);
      // One sweep a minute, plus the remaining retries of the first job.
      expect(photoSource.fetched.length - soFar).toBeGreaterThanOrEqual(9);
      expect(photoSource.fetched.length - soFar).toBeLessThanOrEqual(15);
    });

    it("nudges nothing when nothing is overdue", async () => {
      const { likeness, time } = await stage(create);
      await time.pass(200);
      expect(await valueOf(likeness.operator.sweep())).toStrictEqual({ nudged: 0 });
    });
  });
}
