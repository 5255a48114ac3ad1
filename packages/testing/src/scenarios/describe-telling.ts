import { addSeconds, secondsBetween } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { expectInvariants, openStage, type CreateStorage, type Stage } from "./stage.ts";

const untilTold = ({ time, notifier }: Stage) => time.until("the owner is told", () => notifier.attempts.length === 1);

/** When the owner of a training is told of it. */
export function describeTelling(create: CreateStorage): void {
  describe("telling", () => {
    it("copies the model before it tells the owner", async () => {
      const stage = await openStage(create);
      const { submitted, provider, untilStatus, training: trainingOf, blobs } = stage;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await untilTold(stage);
      const { state } = await trainingOf(training.id);
      expect(state.status === "succeeded" && blobs.blobs.has(state.outcome.weights.blobKey ?? "")).toBe(true);
      expect(state.status === "succeeded" && blobs.blobs.has(state.outcome.config?.blobKey ?? "")).toBe(true);
      expect(stage.notifier.attempts[0]).toMatchObject({ content: { template: "training-ready" }, avatarName: "Ada" });
      await expectInvariants(stage);
    });

    it("tells the owner after a minute even if the copy takes longer, and goes on copying", async () => {
      const stage = await openStage(create);
      const { submitted, provider, untilStatus, outcomes, training: trainingOf, time } = stage;
      const { training, request } = await submitted();
      for (let count = 0; count < 16; count++) outcomes.failNext({ type: "provider-unavailable", detail: "503" });
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      const begun = time.clock.now();
      await untilTold(stage);
      expect(secondsBetween(begun, time.clock.now())).toBeGreaterThanOrEqual(58);
      await time.until("the model is copied", async () => {
        const { state } = await trainingOf(training.id);
        return state.status === "succeeded" && state.outcome.weights.blobKey !== undefined;
      });
      await expectInvariants(stage);
    });

    it("does not say that something is being checked once its outcome is known", async () => {
      const stage = await openStage(create);
      const { provider, ordered, untilStatus, deliver, notifier, time } = stage;
      notifier.answerNext({ type: "retry-at", at: addSeconds(time.clock.now(), 60) });
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await untilTold(stage);
      await deliver(id, { type: "succeeded", requestId: "r-1", outcome: aModel() });
      await untilStatus(id, "succeeded");
      await time.pass(150);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual([
        "training-unconfirmed",
        "training-ready",
      ]);
    });
  });
}
