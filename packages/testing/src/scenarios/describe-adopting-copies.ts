import type { OutcomeSource } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeOutcomeSource } from "../fakes/fake-outcome-source.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { openStage, type CreateStorage } from "./stage.ts";

const policy = { copyDeadlineSeconds: 120, copyWaitSeconds: 2 };

/** A late result counts only while its weights are there or may still come. */
export function describeAdoptingCopies(create: CreateStorage): void {
  describe("adopting late results that were given up", () => {
    it("adopts none before it is copied again, and tells its owner nothing", async () => {
      const outcomes = fakeOutcomeSource();
      let broken = true;
      const open: OutcomeSource["open"] = (file) =>
        broken ? errAsync({ type: "request-not-found" }) : outcomes.open(file);
      const stage = await openStage(create, { policy, outcomes: { open } });
      const { submitted, deliver, untilStatus, untilSettled, time, notifier, likeness, avatar } = stage;
      const { training, request } = await submitted();
      const { id: trainingId, avatarId } = training;
      const untilFinished = () =>
        time.until("nothing is left", async () => (await stage.training(trainingId)).nextCheckAt === undefined);
      await deliver(trainingId, { type: "failed", requestId: request.requestId, detail: "out of memory" });
      await untilStatus(trainingId, "failed");
      await deliver(trainingId, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await untilSettled();
      await untilFinished();
      await time.pass(60);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-failed"]);
      const adopt = () => likeness.operator.adopt({ operator: "olga", trainingId });
      expect(await adopt()).toMatchObject({ error: { type: "no-late-result" } });

      broken = false;
      await valueOf(likeness.operator.copyAgain({ operator: "olga", orderId: trainingId }));
      await untilFinished();
      expect(await valueOf(adopt())).toMatchObject({ type: "adopted" });
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "ready", trainingId });
    });
  });
}
