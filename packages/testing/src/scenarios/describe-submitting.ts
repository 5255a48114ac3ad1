import { addSeconds, type SubmitError, type TrainingProvider } from "@likeness/core";
import { fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeTrainingProvider } from "../fakes/fake-training-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";
import { valueOf } from "../results/value-of.ts";

const refusals: [string, SubmitError][] = [
  ["422", { type: "submit-refused", status: 422, detail: "steps: must be positive" }],
  ["403 User is locked", { type: "submit-refused", status: 403, detail: "User is locked. Reason: Exhausted balance." }],
];

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };

export function describeSubmitting(create: CreateStorage): void {
  describe("submitting", () => {
    it.each(refusals)("fails for good on %s: one POST, one message, credits back", async (_name, answer) => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, avatar, notifier, credits, time } = scene;
      provider.answerNextSubmit(answer);
      const { id, avatarId } = await ordered();
      const failed = await untilStatus(id, "failed");
      expect(failed.state).toMatchObject({ reason: "rejected", detail: answer.detail });
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "failed", trainingId: id, reason: "rejected" });
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      await time.until("the credits are back", () => credits.lastOf(id) === "release");
      await time.pass(120);
      expect(notifier.attempts.map(({ content }) => content)).toStrictEqual([
        { template: "training-failed", reason: "rejected" },
      ]);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("waits as long as a 429 asks, then submits again: one accepted POST", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, time } = scene;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 90 });
      const begun = Date.parse(time.clock.now());
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(Date.parse(time.clock.now()) - begun).toBeGreaterThanOrEqual(90_000);
      expect([provider.submissions.length, provider.requests.length]).toStrictEqual([2, 1]);
      expect(provider.calls.filter((call) => call === "upload")).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("gives up a provider that never takes it, without any doubt about payment", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus } = scene;
      for (let count = 0; count < 20; count++)
        provider.answerNextSubmit({ type: "submit-deferred", detail: "connection refused" });
      const { id } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "provider_unavailable" });
      expect(provider.requests).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("finds a training whose answer was lost, without a second POST", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, notifier, time } = scene;
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      const submitted = await untilStatus(id, "submitted");
      expect(submitted.state).toMatchObject({ request: provider.requests[0] });
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toStrictEqual({ template: "training-unconfirmed" });
      provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", model: aModel() });
      await untilStatus(id, "succeeded");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("fails one without any trace at its deadline, having posted once, and it can be started again", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, time, likeness, notifier } = scene;
      provider.answerNextSubmit(unconfirmed);
      const begun = Date.parse(time.clock.now());
      const { id, avatarId } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "submit_unknown" });
      expect(Date.parse(time.clock.now()) - begun).toBeGreaterThanOrEqual(300_000);
      expect(provider.submissions).toHaveLength(1);
      await time.until("the owner is told", () => notifier.attempts.length === 2);
      const again = await valueOf(likeness.startTraining({ actor: owner, avatarId }));
      await untilStatus(again.id, "submitted");
      await expectInvariants(scene);
    });

    it("adopts a training whose webhook is the only trace of it", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver } = scene;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await deliver(id, { type: "succeeded", requestId: "r-1", model: aModel() });
      expect((await untilStatus(id, "succeeded")).state).toMatchObject({ request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("adopts one whose only trace is a webhook without a result, and fetches that", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver } = scene;
      provider.answerNextSubmit("accept-silently");
      provider.failNext("find", { type: "provider-unavailable", detail: "503" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      const { requestId = "" } = provider.requests[0] ?? {};
      provider.report(requestId, { type: "succeeded", model: aModel() });
      await deliver(id, { type: "finished", requestId });
      await untilStatus(id, "succeeded");
      await expectInvariants(scene);
    });

    it("takes a webhook that comes before the answer to the POST", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver, untilSettled, training } = scene;
      let trainingId = "";
      provider.answerNextSubmit("accept", async ({ requestId }) => {
        trainingId = provider.submissions[0]?.training.id ?? "";
        await deliver(trainingId, { type: "succeeded", requestId, model: aModel() });
        await untilSettled();
      });
      const { id } = await ordered();
      await untilStatus(id, "succeeded");
      expect(id).toBe(trainingId);
      expect((await training(id)).state).toMatchObject({ request: { requestId: provider.requests[0]?.requestId } });
      await expectInvariants(scene);
    });

    it("leaves alone what another worker has submitted while its own upload failed", async () => {
      const inner = fakeTrainingProvider();
      const uploads = [openGate(), openGate()] as const;
      let count = 0;
      const provider: TrainingProvider = {
        ...inner,
        upload: (archive) => {
          const gate = uploads[count++];
          return fromSafePromise(gate?.passed ?? Promise.resolve()).andThen(() => inner.upload(archive));
        },
      };
      const scene = await stage(create, { provider });
      const { ordered, likeness, untilStatus, time, notifier, training } = scene;
      const { id } = await ordered();
      await time.until("the first worker uploads", () => count === 1);
      const job = { kind: "training.submit", key: id, payload: { trainingId: id }, attempt: 1 };
      const second = likeness.handlers["training.submit"]?.({ ...job, signal: new AbortController().signal });
      await time.until("so does the second", () => count === 2);
      uploads[0].open();
      await untilStatus(id, "submitted");
      inner.failNext("upload", { type: "provider-refused", status: 403, detail: "locked" });
      uploads[1].open();
      await second;
      expect((await training(id)).state.status).toBe("submitted");
      expect(notifier.attempts).toStrictEqual([]);
      expect(inner.accepted).toStrictEqual([id]);
    });

    it("gives up at the deadline even if it was asked to wait longer", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, time } = scene;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 3_000 });
      const begun = Date.parse(time.clock.now());
      const { id } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "provider_unavailable" });
      expect(Date.parse(time.clock.now()) - begun).toBeLessThan(320_000);
    });

    it("does not say that something is being checked once its outcome is known", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver, notifier, time } = scene;
      notifier.answerNext({ type: "retry-at", at: addSeconds(time.clock.now(), 60) });
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.until("the owner could not be told yet", () => notifier.attempts.length === 1);
      await deliver(id, { type: "succeeded", requestId: "r-1", model: aModel() });
      await untilStatus(id, "succeeded");
      await time.pass(150);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual([
        "training-unconfirmed",
        "training-ready",
      ]);
    });

    it("does not pay when a photo is gone", async () => {
      const scene = await stage(create);
      const { provider, draft, likeness, blobs, untilStatus } = scene;
      const { id: avatarId } = await draft();
      for (const key of blobs.blobs.keys()) await valueOf(blobs.delete(key));
      const { id } = await valueOf(likeness.startTraining({ actor: owner, avatarId }));
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "photos_missing" });
      expect(provider.submissions).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("uploads again what could not be uploaded", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus } = scene;
      provider.failNext("upload", { type: "provider-unavailable", detail: "503" });
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });
  });
}

/** Something that waits until it is let through. */
function openGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}
