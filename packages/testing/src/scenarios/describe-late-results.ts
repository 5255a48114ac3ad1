import type { Training } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, openStage, type CreateStorage, type Stage } from "./stage.ts";

/** A training of which the provider says that it failed. */
async function failed({ submitted, deliver, untilStatus }: Stage): Promise<Training> {
  const { training, request } = await submitted();
  await deliver(training.id, { type: "failed", requestId: request.requestId, detail: "out of memory" });
  return untilStatus(training.id, "failed");
}

/** The result of a training that is over. */
async function comesLate(
  { deliver, untilSettled, time }: Stage,
  { id, state }: Training,
  model = aModel(),
): Promise<string> {
  const requestId = ("request" in state && state.request?.requestId) || "r-1";
  await deliver(id, { type: "succeeded", requestId, outcome: model });
  await untilSettled();
  await time.pass(5);
  return id;
}

const toldOf = ({ notifier }: Stage): string[] => notifier.attempts.map(({ content }) => content.template);

/** The training that was ordered last yields a model in time. */
async function succeeds({ provider, untilStatus }: Stage, id: string): Promise<void> {
  await untilStatus(id, "submitted");
  provider.report(provider.requests.at(-1)?.requestId ?? "", { type: "succeeded", outcome: aModel() });
  await untilStatus(id, "succeeded");
}

export function describeLateResults(create: CreateStorage): void {
  describe("adopting late results", () => {
    it("makes the avatar ready, tells the owner once, and charges nothing, however often", async () => {
      const stage = await openStage(create, { policy: { trainingDeadlineSeconds: 60 } });
      const { likeness, avatar, blobs, credits, time, training: trainingOf, submitted, untilStatus } = stage;
      const { training: given } = await submitted();
      const { avatarId } = given;
      const trainingId = await comesLate(stage, await untilStatus(given.id, "failed"));
      expect((await avatar(avatarId))?.state.status).toBe("failed");

      const { type, training } = await valueOf(likeness.operator.adopt({ operator: "olga", trainingId }));
      expect([type, training.id]).toStrictEqual(["adopted", trainingId]);
      await time.pass(5);
      expect(await avatar(avatarId)).toMatchObject({ state: { status: "ready", trainingId }, main: true });
      const again = await valueOf(likeness.operator.adopt({ operator: "olga", trainingId }));
      expect(again).toStrictEqual({ type: "adopted-before", training: await trainingOf(trainingId) });
      await time.pass(70);

      expect(toldOf(stage)).toStrictEqual(["training-failed", "training-ready"]);
      const { state, nextCheckAt, deadlineAt } = await trainingOf(trainingId);
      expect(state).toMatchObject({ status: "failed", reason: "provider_timeout" });
      expect(state.status === "failed" && blobs.blobs.has(state.lateOutcome?.weights.blobKey ?? "")).toBe(true);
      expect([nextCheckAt, deadlineAt]).toStrictEqual([undefined, undefined]);
      expect(new Set(credits.calls.map(({ method }) => method))).toStrictEqual(new Set(["reserve", "release"]));
      await expectInvariants(stage);
    });

    it("lets one of two at once adopt it, and tells the other that it was", async () => {
      const stage = await openStage(create);
      const { likeness, time } = stage;
      const trainingId = await comesLate(stage, await failed(stage));
      const both = await Promise.all(
        [1, 2].map(() => valueOf(likeness.operator.adopt({ operator: "olga", trainingId }))),
      );
      expect(both.map(({ type }) => type).toSorted()).toStrictEqual(["adopted", "adopted-before"]);
      await time.pass(70);
      expect(toldOf(stage)).toStrictEqual(["training-failed", "training-ready"]);
    });

    it("adopts that of a cancelled training as well", async () => {
      const stage = await openStage(create);
      const { submitted, likeness, avatar, training: trainingOf } = stage;
      const { training } = await submitted();
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: training.avatarId }));
      const trainingId = await comesLate(stage, await trainingOf(training.id));
      await valueOf(likeness.operator.adopt({ operator: "olga", trainingId }));
      expect((await avatar(training.avatarId))?.state).toStrictEqual({ status: "ready", trainingId });
      await stage.time.pass(5);
      expect(toldOf(stage)).toStrictEqual(["training-ready"]);
    });

    it("waits for the copy before it tells the owner, but not for long", async () => {
      const stage = await openStage(create, { policy: { copyWaitSeconds: 12 } });
      const { likeness, outcomes, time, training: trainingOf } = stage;
      const lost = await failed(stage);
      for (let count = 0; count < 6; count++) outcomes.failNext({ type: "provider-unavailable", detail: "503" });
      const trainingId = await comesLate(stage, lost, aModel({ config: undefined }));
      await valueOf(likeness.operator.adopt({ operator: "olga", trainingId }));
      await time.pass(10);
      expect(toldOf(stage)).toStrictEqual(["training-failed"]);
      await time.pass(5);
      expect(toldOf(stage)).toStrictEqual(["training-failed", "training-ready"]);
      await time.until("the model is copied", async () => {
        const { state } = await trainingOf(trainingId);
        return state.status === "failed" && state.lateOutcome?.weights.blobKey !== undefined;
      });
    });

    it("does not say any more that it failed, once it is adopted", async () => {
      const stage = await openStage(create);
      const { likeness, notifier, time } = stage;
      notifier.answerNext({ type: "unreachable" });
      const trainingId = await comesLate(stage, await failed(stage));
      await valueOf(likeness.operator.adopt({ operator: "olga", trainingId }));
      await time.pass(5);
      await valueOf(likeness.messages.resendMissed({ actor: owner }));
      await time.pass(5);
      expect(toldOf(stage)).toStrictEqual(["training-failed", "training-ready"]);
    });

    it("does not say it later either, when the avatar was trained again since", async () => {
      const stage = await openStage(create);
      const { likeness, notifier, time } = stage;
      const resend = async () => {
        await valueOf(likeness.messages.resendMissed({ actor: owner }));
        await time.pass(5);
      };
      notifier.answerNext({ type: "unreachable" });
      const lost = await failed(stage);
      await valueOf(likeness.operator.adopt({ operator: "olga", trainingId: await comesLate(stage, lost) }));
      await time.pass(5);
      const { id: later } = await valueOf(likeness.trainings.start({ actor: owner, avatarId: lost.avatarId }));
      await resend();
      expect(toldOf(stage)).toStrictEqual(["training-failed", "training-ready"]);
      await succeeds(stage, later);
      await time.pass(5);
      await resend();
      expect(toldOf(stage)).toStrictEqual(["training-failed", "training-ready", "training-ready"]);
    });

    it("leaves an avatar alone that is being trained again, and one that has a later model", async () => {
      const stage = await openStage(create);
      const { likeness, avatar } = stage;
      const lost = await failed(stage);
      const { avatarId } = lost;
      const trainingId = await comesLate(stage, lost);
      const { id: later } = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      const during = await avatar(avatarId);
      expect(await likeness.operator.adopt({ operator: "olga", trainingId })).toStrictEqual(
        err({ type: "training-active", trainingId: later }),
      );
      expect((await avatar(avatarId))?.state).toStrictEqual(during?.state);

      await succeeds(stage, later);
      expect(await likeness.operator.adopt({ operator: "olga", trainingId })).toStrictEqual(
        err({ type: "superseded", trainingId: later }),
      );
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "ready", trainingId: later });
      await expectInvariants(stage);
    });

    it("takes the place of an older model", async () => {
      const stage = await openStage(create);
      const { likeness, avatar, draft, untilStatus } = stage;
      const { id: avatarId } = await draft();
      const start = () => valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      const { id: older } = await start();
      await succeeds(stage, older);
      const { id } = await start();
      await untilStatus(id, "submitted");
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId }));
      const trainingId = await comesLate(stage, await stage.training(id));
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "ready", trainingId: older });
      await valueOf(likeness.operator.adopt({ operator: "olga", trainingId }));
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "ready", trainingId });
    });

    it("finds nothing to adopt where nothing came late", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, provider, untilStatus } = stage;
      const adopt = (trainingId: string) => likeness.operator.adopt({ operator: "olga", trainingId });
      const nothing = (trainingId: string, status: string) => err({ type: "no-late-result", trainingId, status });
      const lost = await failed(stage);
      expect(await adopt(lost.id)).toStrictEqual(nothing(lost.id, "failed"));
      const { training, request } = await submitted();
      expect(await adopt(training.id)).toStrictEqual(nothing(training.id, "submitted"));
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      expect(await adopt(training.id)).toStrictEqual(nothing(training.id, "succeeded"));
    });

    it("adopts no model whose weights were given up before, and has adopted what is given up afterwards", async () => {
      const stage = await openStage(create, { policy: { copyDeadlineSeconds: 30 } });
      const { likeness, outcomes, time, avatar, training: trainingOf } = stage;
      const tooLarge = { type: "file-too-large", maximum: 10 } as const;
      const lost = await failed(stage);
      outcomes.failNext(tooLarge);
      const trainingId = await comesLate(stage, lost);
      const nothing = err({ type: "no-late-result", trainingId, status: "failed" });
      expect(await likeness.operator.adopt({ operator: "olga", trainingId })).toStrictEqual(nothing);
      expect((await avatar(lost.avatarId))?.state.status).toBe("failed");
      expect(toldOf(stage)).toStrictEqual(["training-failed"]);

      const other = await failed(stage);
      for (let count = 0; count < 50; count++) outcomes.failNext({ type: "request-not-found" });
      const later = await comesLate(stage, other, aModel({ config: undefined }));
      expect((await valueOf(likeness.operator.adopt({ operator: "olga", trainingId: later }))).type).toBe("adopted");
      await time.until("it is given up", async () => (await trainingOf(later)).nextCheckAt === undefined);
      expect(await likeness.operator.adopt({ operator: "olga", trainingId: later })).toStrictEqual(
        ok({ type: "adopted-before", training: await trainingOf(later) }),
      );
    });

    it("knows nothing of a training that never was, or was erased", async () => {
      const stage = await openStage(create);
      const { likeness } = stage;
      const lost = await failed(stage);
      const trainingId = await comesLate(stage, lost);
      expect(await likeness.avatars.erase({ actor: owner, avatarId: lost.avatarId })).toStrictEqual(ok(undefined));
      for (const id of [trainingId, "nothing"])
        expect(await likeness.operator.adopt({ operator: "olga", trainingId: id })).toStrictEqual(
          err({ type: "training-not-found", trainingId: id }),
        );
    });
  });
}
