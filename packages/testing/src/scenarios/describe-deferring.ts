import { addSeconds, secondsBetween, type SubmitError } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const deferredFor = (retryAfterSeconds: number): SubmitError => ({
  type: "submit-deferred",
  detail: "429",
  retryAfterSeconds,
});

export function describeDeferring(create: CreateStorage, kind: TestedKind): void {
  describe("deferring", () => {
    it("does not post before the time that the provider asked for", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilPutOff, untilStatus, time, order } = stage;
      provider.answerNextSubmit(deferredFor(200));
      const { id, createdAt } = await ordered();
      await untilPutOff(id);
      const { nextCheckAt = "" } = await order(id);
      expect(secondsBetween(createdAt, nextCheckAt)).toBeGreaterThanOrEqual(200);
      await time.pass(190);
      expect(provider.submissions).toHaveLength(1);
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(2);
      await expectInvariants(stage);
    });

    it("does not ask again at once, even if it may", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, time } = stage;
      for (let count = 0; count < 100; count++) provider.answerNextSubmit(deferredFor(0));
      await ordered();
      await time.pass(60);
      expect(provider.submissions.length).toBeLessThanOrEqual(16);
      expect(provider.submissions.length).toBeGreaterThan(5);
    });

    it("counts each deadline from where its waiting began", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, deliver, order } = stage;
      provider.answerNextSubmit(deferredFor(90));
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id, createdAt } = await ordered();
      expect((await order(id)).deadlineAt).toBe(addSeconds(createdAt, 300));
      const { state: lost, deadlineAt: ofLost } = await untilStatus(id, "unknown");
      const postedAt = lost.status === "unknown" ? lost.submitStartedAt : "";
      expect(secondsBetween(createdAt, postedAt)).toBeGreaterThanOrEqual(90);
      expect(ofLost).toBe(addSeconds(postedAt, 300));
      await deliver(id, { type: "running", requestId: "r-1" });
      const { state: taken, deadlineAt: ofTaken } = await untilStatus(id, "submitted");
      expect(ofTaken).toBe(addSeconds(taken.status === "submitted" ? taken.submittedAt : "", kind.deadlineSeconds));
      await expectInvariants(stage);
    });
  });
}
