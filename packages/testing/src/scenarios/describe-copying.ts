import { addSeconds, type Credits, type ModelSource } from "@likeness/core";
import { errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeModelSource } from "../fakes/fake-model-source.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { closedGate } from "../contracts/gate.ts";
import { runJob } from "./run-job.ts";
import { stage, type CreateStorage, type Stage } from "./stage.ts";

/** A training that has just succeeded, its model still at the provider. */
async function succeeded({ submitted, provider, untilStatus }: Stage, model = aModel()) {
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "succeeded", model });
  return untilStatus(training.id, "succeeded");
}

const unavailable = { type: "provider-unavailable", detail: "503" } as const;

export function describeCopying(create: CreateStorage): void {
  describe("copying", () => {
    it("tells the owner as soon as the model is copied", async () => {
      const scene = await stage(create);
      await succeeded(scene);
      await scene.time.pass(9);
      expect(scene.notifier.attempts.map(({ content }) => content)).toStrictEqual([{ template: "training-ready" }]);
    });

    it("does nothing once more for what is finished", async () => {
      const scene = await stage(create);
      const { credits, models, time } = scene;
      const { id: trainingId } = await succeeded(scene);
      await time.pass(9);
      expect(await runJob(scene, "training.finish", { trainingId })).toStrictEqual(ok({ type: "done" }));
      await time.pass(120);
      expect(credits.calls.map(({ method }) => method)).toStrictEqual(["reserve", "capture"]);
      expect(models.opened).toHaveLength(2);
    });

    it("leaves a long download to whoever is at it", async () => {
      const gate = closedGate();
      const inner = fakeModelSource();
      let opened = 0;
      const models: ModelSource = {
        open: (file) => {
          opened++;
          return fromSafePromise(gate.passed).andThen(() => inner.open(file));
        },
      };
      const scene = await stage(create, { models });
      await succeeded(scene, aModel({ config: undefined }));
      await scene.time.pass(200);
      expect(opened).toBe(1);
      gate.open();
      await scene.time.pass(5);
      expect(opened).toBe(1);
    });

    it("tries ever more rarely, and at least every hour", async () => {
      let opened = 0;
      const models: ModelSource = {
        open: () => {
          opened++;
          return errAsync(unavailable);
        },
      };
      const scene = await stage(create, { models });
      const { id: trainingId } = await succeeded(scene, aModel({ config: undefined }));
      await scene.time.pass(600);
      expect(opened).toBeGreaterThanOrEqual(8);
      expect(opened).toBeLessThanOrEqual(16);

      const { store, time, training: trainingOf } = scene;
      const { state, ...training } = await trainingOf(trainingId);
      if (state.status !== "succeeded") throw new Error("it had succeeded");
      const old = { ...state, finishedAt: addSeconds(time.clock.now(), -86_400) };
      await valueOf(store.trainings.save({ ...training, state: old }));
      expect(await runJob(scene, "training.finish", { trainingId })).toStrictEqual(
        ok({ type: "again", at: addSeconds(time.clock.now(), 3_600) }),
      );
    });

    it("copies a result that comes while its failure is being settled", async () => {
      const gate = closedGate();
      const inner = recordingCredits();
      const credits: Credits = {
        ...inner,
        release: (id) => fromSafePromise(gate.passed).andThen(() => inner.release(id)),
      };
      const scene = await stage(create, { credits });
      const { submitted, deliver, untilStatus, untilSettled, time, blobs, training: trainingOf } = scene;
      const { training, request } = await submitted();
      const { requestId } = request;
      await deliver(training.id, { type: "failed", requestId, detail: "out of memory" });
      await untilStatus(training.id, "failed");
      await time.pass(1);
      await deliver(training.id, { type: "succeeded", requestId, model: aModel() });
      await untilSettled();
      gate.open();
      await time.pass(5);
      const { state, nextCheckAt } = await trainingOf(training.id);
      expect(state.status === "failed" && blobs.blobs.has(state.lateModel?.weights.blobKey ?? "")).toBe(true);
      expect(nextCheckAt).toBeUndefined();
    });

    it("fetches only what is missing, each time", async () => {
      const scene = await stage(create);
      const { models, time } = scene;
      const model = aModel();
      models.failNext(unavailable);
      await succeeded(scene, model);
      await time.pass(60);
      const { weights, config } = model;
      expect(models.opened).toStrictEqual([weights.url, config?.url, weights.url]);
    });

    it("does not ask again for a file that was refused", async () => {
      const scene = await stage(create);
      const { models, time, training: trainingOf } = scene;
      models.failNext({ type: "provider-refused", status: 403, detail: "not yours" });
      const { id } = await succeeded(scene);
      await time.pass(200);
      expect(models.opened).toHaveLength(2);
      expect((await trainingOf(id)).nextCheckAt).toBeUndefined();
    });
  });
}
