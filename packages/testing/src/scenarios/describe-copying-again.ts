import type { ModelSource, Training } from "@likeness/core";
import { err, errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeModelSource } from "../fakes/fake-model-source.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, stage, type CreateStorage, type Stage } from "./stage.ts";

const policy = { copyDeadlineSeconds: 120, copyWaitSeconds: 2 };

const gone = { type: "request-not-found" } as const;

/** A stage whose models cannot be downloaded until `mend`, and a training whose model was given up because of that. */
async function givenUp(create: CreateStorage) {
  const models = fakeModelSource();
  let broken = true;
  const open: ModelSource["open"] = (file) => (broken ? errAsync(gone) : models.open(file));
  const scene = await stage(create, { policy, models: { open } });
  const { submitted, provider, untilStatus, time, training: trainingOf } = scene;
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
  await untilStatus(training.id, "succeeded");
  await time.until("it is given up", async () => (await trainingOf(training.id)).nextCheckAt === undefined);
  return { scene, models, orderId: training.id, mend: () => void (broken = false) };
}

const filesOf = ({ state }: Training) =>
  state.status === "succeeded" ? [state.outcome.weights, state.outcome.config] : [];

const alarms = ({ log }: Stage): number =>
  log.entries.filter(({ message }) => message === "an outcome could not be copied and is given up").length;

const told = ({ notifier }: Stage): string[] => notifier.attempts.map(({ content }) => content.template);

/** An operator starts the copying of a model again. */
export function describeCopyingAgain(create: CreateStorage): void {
  describe("copying a model again", () => {
    it("copies what was given up, charges nothing anew, and has nothing left to do then", async () => {
      const { scene, orderId, mend } = await givenUp(create);
      const { likeness, time, training: trainingOf, blobs, credits } = scene;
      mend();
      expect((await valueOf(likeness.operator.copyAgain({ orderId }))).type).toBe("begun");
      await time.until("it is copied", async () => (await trainingOf(orderId)).nextCheckAt === undefined);
      const stored = await trainingOf(orderId);
      for (const file of filesOf(stored)) {
        expect(file).not.toHaveProperty("givenUp");
        expect(blobs.blobs.has(file?.blobKey ?? "")).toBe(true);
      }
      expect(stored.deadlineAt).toBeUndefined();
      expect(new Set(credits.calls.map(({ method }) => method))).toStrictEqual(new Set(["reserve", "capture"]));
      expect(await valueOf(likeness.operator.copyAgain({ orderId }))).toStrictEqual({
        type: "stored",
        order: stored,
      });
      await expectInvariants(scene);
    });

    it("begins once for two at the same moment", async () => {
      const { scene, models, orderId, mend } = await givenUp(create);
      const { likeness, time, training: trainingOf } = scene;
      mend();
      const both = await Promise.all([1, 2].map(() => valueOf(likeness.operator.copyAgain({ orderId }))));
      expect(both.map(({ type }) => type).toSorted()).toStrictEqual(["begun", "under-way"]);
      await time.until("it is copied", async () => (await trainingOf(orderId)).nextCheckAt === undefined);
      expect(models.opened).toHaveLength(2);
    });

    it("gives up again at another deadline, with another alarm, and does not tell the owner twice", async () => {
      const { scene, orderId } = await givenUp(create);
      const { likeness, time, training: trainingOf } = scene;
      expect(alarms(scene)).toBe(1);
      await valueOf(likeness.operator.copyAgain({ orderId }));
      await time.pass(60);
      expect(alarms(scene)).toBe(1);
      await time.until("it is given up", async () => (await trainingOf(orderId)).nextCheckAt === undefined);
      expect(alarms(scene)).toBe(2);
      await time.pass(60);
      expect(told(scene)).toStrictEqual(["training-ready", "model-unsaved"]);
    });

    it("leaves alone what is tried anyway", async () => {
      const scene = await stage(create, { models: { open: () => errAsync(gone) } });
      const { submitted, provider, untilStatus, likeness, time, training: trainingOf } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.pass(30);
      const before = await trainingOf(training.id);
      expect(await valueOf(likeness.operator.copyAgain({ orderId: training.id }))).toStrictEqual({
        type: "under-way",
        order: before,
      });
      expect(await trainingOf(training.id)).toStrictEqual(before);
    });

    it("lets a late result count whose weights had been given up", async () => {
      const { scene, orderId, mend } = await givenUp(create);
      const { likeness, store, time, avatar, training: trainingOf } = scene;
      const ended = await trainingOf(orderId);
      const { state } = ended;
      if (state.status !== "succeeded") throw new Error("it succeeded");
      const { request, finishedAt, outcome: lateOutcome } = state;
      const failed = { status: "failed", reason: "provider_timeout", request, finishedAt, lateOutcome } as const;
      await valueOf(store.orders.save({ ...ended, state: failed }));
      const ready = await avatar(ended.avatarId);
      if (!ready) throw new Error("it is there");
      const reason = "provider_timeout";
      await valueOf(store.avatars.save({ ...ready, state: { status: "failed", trainingId: orderId, reason } }));
      expect(await likeness.operator.adopt({ trainingId: orderId })).toMatchObject({
        error: { type: "no-late-result" },
      });

      mend();
      await valueOf(likeness.operator.copyAgain({ orderId }));
      await time.until("it is copied", async () => (await trainingOf(orderId)).nextCheckAt === undefined);
      expect(await valueOf(likeness.operator.adopt({ trainingId: orderId }))).toMatchObject({ type: "adopted" });
    });

    it("says when there is nothing to copy", async () => {
      const { submitted, likeness } = await stage(create);
      const { training } = await submitted();
      const { id: orderId } = training;
      expect(await likeness.operator.copyAgain({ orderId })).toStrictEqual(
        err({ type: "no-outcome", orderId, status: "submitted" }),
      );
      expect(await likeness.operator.copyAgain({ orderId: "nothing" })).toStrictEqual(
        err({ type: "order-not-found", orderId: "nothing" }),
      );
    });
  });
}
