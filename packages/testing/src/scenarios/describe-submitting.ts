import type { BlobStore, SubmitError, Provider } from "@likeness/core";
import { errAsync, fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";
import { valueOf } from "../results/value-of.ts";

const refusals: [string, SubmitError][] = [
  ["422", { type: "submit-refused", status: 422, detail: "steps: must be positive" }],
  ["403 User is locked", { type: "submit-refused", status: 403, detail: "User is locked. Reason: Exhausted balance." }],
];

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
      expect(provider.calls.filter((call) => call === "prepare")).toHaveLength(1);
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

    it("leaves alone what another worker has submitted while its own upload failed", async () => {
      const inner = fakeProvider();
      const uploads = [closedGate(), closedGate()] as const;
      let count = 0;
      const provider: Provider = {
        ...inner,
        prepare: (order, archive) => {
          const held = uploads[count++];
          return fromSafePromise(held?.passed ?? Promise.resolve()).andThen(() => inner.prepare(order, archive));
        },
      };
      const scene = await stage(create, { provider });
      const { ordered, likeness, untilStatus, time, notifier, training } = scene;
      const { id } = await ordered();
      await time.until("the first worker uploads", () => count === 1);
      const job = { kind: "order.submit", key: id, payload: { orderId: id }, attempt: 1 };
      const second = likeness.handlers["order.submit"]?.({ ...job, signal: new AbortController().signal });
      await time.until("so does the second", () => count === 2);
      uploads[0].open();
      await untilStatus(id, "submitted");
      inner.failNext("prepare", { type: "provider-refused", status: 403, detail: "locked" });
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

    it("does not pay when a photo is gone for good", async () => {
      const scene = await stage(create);
      const { provider, draft, likeness, blobs, untilStatus, time, training } = scene;
      const { id: avatarId } = await draft();
      for (const key of blobs.blobs.keys()) await valueOf(blobs.delete(key));
      const { id } = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      await time.pass(250);
      expect((await training(id)).state.status).toBe("requested");
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "photos_missing" });
      expect(provider.submissions).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("uploads photos that were not there at first", async () => {
      const blobs = memoryBlobStore();
      let misses = 2;
      const get: BlobStore["get"] = (key) =>
        misses-- > 0 ? errAsync({ type: "blob-not-found", key }) : blobs.get(key);
      const scene = await stage(create, { blobs: { ...blobs, get } });
      const { provider, ordered, untilStatus } = scene;
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("uploads again what could not be uploaded", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus } = scene;
      provider.failNext("prepare", { type: "provider-unavailable", detail: "503" });
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });
  });
}
