import type { Provider } from "@likeness/core";
import { fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { runJob } from "./run-job.ts";
import { alarmsOf, expectInvariants, owner, openStage, type CreateStorage } from "./stage.ts";

/** What happens while the photos of a training are uploaded. */
export function describeDuringUploads(create: CreateStorage): void {
  describe("during an upload", () => {
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
      const stage = await openStage(create, { provider });
      const { ordered, likeness, untilStatus, time, notifier, training } = stage;
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

    it("lets no paid request begin once it has stopped", async () => {
      const upload = closedGate();
      const inner = fakeProvider();
      const provider: Provider = {
        ...inner,
        prepare: (order, archive) => fromSafePromise(upload.passed).andThen(() => inner.prepare(order, archive)),
      };
      const stage = await openStage(create, { provider });
      const { ordered, time, training } = stage;
      const { id } = await ordered();
      const aborted = new AbortController();
      const job = runJob(stage, "order.submit", { orderId: id }, aborted.signal);
      await time.pass(2);
      let stopped = false;
      void stage.likeness.stop({ graceMs: 1_000 }).then(() => (stopped = true));
      await time.until("it has stopped", () => stopped);
      aborted.abort();
      upload.open();
      expect(await job).toMatchObject({ value: { type: "again" } });
      await time.pass(5);
      expect((await training(id)).state.status).toBe("requested");
      expect(inner.submissions).toStrictEqual([]);
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
      const stage = await openStage(
        losingJobs(create, ({ kind }) => kind === "order.submit"),
        { provider: held },
      );
      const { ordered, likeness, time, training } = stage;
      const { id, avatarId } = await ordered();
      const submitting = runJob(stage, "order.submit", { orderId: id });
      await time.until("it is uploaded", () => uploading);
      const cancelled = await valueOf(likeness.trainings.cancel({ actor: owner, avatarId }));
      expect(cancelled.type).toBe("cancelled");
      upload.open();
      expect(await submitting).toStrictEqual(ok({ type: "done" }));
      await time.pass(60);
      expect((await training(id)).state.status).toBe("cancelled");
      expect([provider.calls, provider.submissions]).toStrictEqual([["prepare", "erase"], []]);
      expect(provider.uploads.size).toBe(0);
      await expectInvariants(stage);
    });

    it("does not believe news of a training that was never uploaded", async () => {
      const upload = closedGate();
      const provider = fakeProvider();
      const held: Provider = {
        ...provider,
        prepare: (order, archive) => fromSafePromise(upload.passed).andThen(() => provider.prepare(order, archive)),
      };
      const stage = await openStage(create, { provider: held });
      const { ordered, untilStatus, untilSettled, deliver, training } = stage;
      const { id } = await ordered();
      await deliver(id, { type: "succeeded", requestId: "r-1", outcome: aModel() });
      await untilSettled();
      expect((await training(id)).state).toStrictEqual({ status: "requested" });
      expect(alarmsOf(stage)).toStrictEqual([expect.stringContaining("names another request")]);
      upload.open();
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: provider.requests[0] });
      expect(provider.submissions).toHaveLength(1);
    });
  });
}
