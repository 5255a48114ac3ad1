import { addSeconds, secondsBetween, type SubmitError, type Provider } from "@likeness/core";
import { fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { runJob } from "./run-job.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

const deferredFor = (retryAfterSeconds: number): SubmitError => ({
  type: "submit-deferred",
  detail: "429",
  retryAfterSeconds,
});

export function describeDeferring(create: CreateStorage): void {
  describe("deferring", () => {
    it("does not post before the time that the provider asked for", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, time, training } = scene;
      provider.answerNextSubmit(deferredFor(200));
      const { id, createdAt } = await ordered();
      await time.until("it is put off", async () => {
        const { state } = await training(id);
        return state.status === "requested" && state.prepared !== undefined;
      });
      const { nextCheckAt = "" } = await training(id);
      expect(secondsBetween(createdAt, nextCheckAt)).toBeGreaterThanOrEqual(200);
      await time.pass(190);
      expect(provider.submissions).toHaveLength(1);
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(2);
      await expectInvariants(scene);
    });

    it("does not ask again at once, even if it may", async () => {
      const scene = await stage(create);
      const { provider, ordered, time } = scene;
      for (let count = 0; count < 100; count++) provider.answerNextSubmit(deferredFor(0));
      await ordered();
      await time.pass(60);
      expect(provider.submissions.length).toBeLessThanOrEqual(16);
      expect(provider.submissions.length).toBeGreaterThan(5);
    });

    it("counts each deadline from where its waiting began", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver, training } = scene;
      provider.answerNextSubmit(deferredFor(90));
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id, createdAt } = await ordered();
      expect((await training(id)).deadlineAt).toBe(addSeconds(createdAt, 300));
      const { state: lost, deadlineAt: ofLost } = await untilStatus(id, "unknown");
      const postedAt = lost.status === "unknown" ? lost.submitStartedAt : "";
      expect(secondsBetween(createdAt, postedAt)).toBeGreaterThanOrEqual(90);
      expect(ofLost).toBe(addSeconds(postedAt, 300));
      await deliver(id, { type: "running", requestId: "r-1" });
      const { state: taken, deadlineAt: ofTaken } = await untilStatus(id, "submitted");
      expect(ofTaken).toBe(addSeconds(taken.status === "submitted" ? taken.submittedAt : "", 600));
      await expectInvariants(scene);
    });

    it("waits as long as the upload is asked to, then uploads again", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus } = scene;
      provider.failNext("prepare", { type: "provider-unavailable", detail: "429", retryAfterSeconds: 90 });
      const { id, createdAt } = await ordered();
      const { state } = await untilStatus(id, "submitted");
      const submittedAt = state.status === "submitted" ? state.submittedAt : "";
      expect(secondsBetween(createdAt, submittedAt)).toBeGreaterThanOrEqual(90);
      expect(secondsBetween(createdAt, submittedAt)).toBeLessThan(95);
      expect(provider.calls.filter((call) => call === "prepare")).toHaveLength(2);
      await expectInvariants(scene);
    });

    it("fails at once when the upload is refused", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, time } = scene;
      provider.failNext("prepare", { type: "provider-refused", status: 403, detail: "User is locked" });
      const { id, createdAt } = await ordered();
      const { state } = await untilStatus(id, "failed");
      expect(state).toMatchObject({ reason: "rejected", detail: "User is locked" });
      expect(secondsBetween(createdAt, state.status === "failed" ? state.finishedAt : "")).toBeLessThan(5);
      await time.pass(60);
      expect([provider.calls, provider.submissions]).toStrictEqual([["prepare"], []]);
      await expectInvariants(scene);
    });

    it("pays nothing for what was cancelled during its upload, and asks for the photos", async () => {
      const upload = closedGate();
      let uploading = false;
      const provider = fakeProvider();
      const held: Provider = {
        ...provider,
        prepare: (order, archive) => {
          uploading = true;
          return fromSafePromise(upload.passed).andThen(() => provider.prepare(order, archive));
        },
      };
      const scene = await stage(
        losingJobs(create, ({ kind }) => kind === "order.submit"),
        { provider: held },
      );
      const { ordered, likeness, time, training } = scene;
      const { id, avatarId } = await ordered();
      const submitting = runJob(scene, "order.submit", { orderId: id });
      await time.until("it is uploaded", () => uploading);
      const cancelled = await valueOf(likeness.trainings.cancel({ actor: owner, avatarId }));
      expect(cancelled.type).toBe("cancelled");
      upload.open();
      expect(await submitting).toStrictEqual(ok({ type: "done" }));
      await time.pass(60);
      expect((await training(id)).state.status).toBe("cancelled");
      expect([provider.calls, provider.submissions]).toStrictEqual([["prepare", "erase"], []]);
      expect(provider.uploads.size).toBe(0);
      await expectInvariants(scene);
    });
  });
}
