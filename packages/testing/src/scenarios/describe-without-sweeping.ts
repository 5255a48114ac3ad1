import { secondsBetween } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, stage, type CreateStorage, type StageOverrides } from "./stage.ts";

/** The sweeper runs only once, so every step has to enqueue the next one. */
const unswept: StageOverrides = { policy: { sweepSeconds: 1e6 } };

export function describeWithoutSweeping(create: CreateStorage): void {
  describe("without sweeping", () => {
    it("goes from a photo to the message by webhook", async () => {
      const scene = await stage(create, unswept);
      const { draft, likeness, store, photoSource, time, untilStatus, provider, deliver, notifier, credits } = scene;
      const { id: avatarId } = await draft(2);
      const reference = photoSource.offer("third", photoBytes());
      const { id: photoId } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      await time.until("the photo is inspected", async () => {
        return (await valueOf(store.photos.find(photoId)))?.state.status === "accepted";
      });
      const { id, createdAt } = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      await untilStatus(id, "submitted");
      const { requestId = "" } = provider.requests[0] ?? {};
      await deliver(id, { type: "succeeded", requestId, outcome: aModel() });
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      await time.until("nothing is left to do", async () => (await scene.training(id)).nextCheckAt === undefined);
      expect(credits.lastOf(id)).toBe("capture");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(20);
      await expectInvariants(scene);
    });

    it("goes from an order to its model by polling alone", async () => {
      const scene = await stage(create, { ...unswept, webhooks: undefined });
      const { submitted, provider, untilStatus, notifier, time } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 40 }, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(secondsBetween(training.createdAt, time.clock.now())).toBeLessThan(45);
      await expectInvariants(scene);
    });

    it("polls a training that news made known", async () => {
      const scene = await stage(create, unswept);
      const { ordered, provider, untilStatus, training, time, deliver } = scene;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 250 });
      const { id } = await ordered();
      await time.until("it is put off", async () => {
        const { state } = await training(id);
        return state.status === "requested" && state.prepared !== undefined;
      });
      // The poll that the POST has enqueued ends before the event arrives.
      await time.pass(60);
      await deliver(id, { type: "running", requestId: "r-1" });
      await untilStatus(id, "submitted");
      await time.until("it is looked at", () => provider.calls.includes("look"));
      await time.pass(25);
      expect(provider.calls.filter((call) => call === "look").length).toBeGreaterThanOrEqual(3);
      await expectInvariants(scene);
    });

    it("finds a training whose answer was lost, and tells the owner meanwhile", async () => {
      const scene = await stage(create, unswept);
      const { ordered, provider, untilStatus, time, notifier } = scene;
      provider.answerNextSubmit("accept-silently");
      provider.failNext("find", { type: "provider-unavailable", detail: "503" });
      const { id, createdAt } = await ordered();
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      await untilStatus(id, "submitted");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(15);
      provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", outcome: aModel() });
      await untilStatus(id, "succeeded");
      await expectInvariants(scene);
    });

    it("ends a refused training: told, and its credits back", async () => {
      const scene = await stage(create, unswept);
      const { ordered, provider, untilStatus, time, notifier, credits } = scene;
      provider.answerNextSubmit({ type: "submit-refused", status: 422, detail: "steps: must be positive" });
      const { id, createdAt } = await ordered();
      await untilStatus(id, "failed");
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      await time.until("the credits are back", () => credits.lastOf(id) === "release");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(10);
      await expectInvariants(scene);
    });

    it("looks at once when a cancelling came too late, and copies a result that came after one", async () => {
      const scene = await stage(create, { ...unswept, policy: { ...unswept.policy, pollSeconds: 100 } });
      const { submitted, provider, untilStatus, time, likeness, credits, deliver, blobs } = scene;
      const late = await submitted();
      provider.report(late.request.requestId, { type: "succeeded", outcome: aModel() });
      const begun = time.clock.now();
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: late.training.avatarId }));
      await untilStatus(late.training.id, "succeeded");
      expect(secondsBetween(begun, time.clock.now())).toBeLessThan(5);

      const { training, request } = await submitted();
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: training.avatarId }));
      await time.until("the credits are back", () => credits.lastOf(training.id) === "release");
      await time.until("both trainings are over", async () => {
        return (await valueOf(scene.store.orders.dueBefore("9999", 1))).length === 0;
      });
      const before = blobs.blobs.size;
      await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await time.until("it is copied", () => blobs.blobs.size === before + 2);
      await expectInvariants(scene);
    });
  });
}
