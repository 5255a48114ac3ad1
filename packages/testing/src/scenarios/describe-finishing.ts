import type { ModelSource } from "@likeness/core";
import { errAsync, fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeModelSource } from "../fakes/fake-model-source.ts";
import type { ProviderReport } from "../fakes/running-request.ts";
import { aModel } from "../fixtures/model.ts";
import { weightsBytes } from "../fixtures/model-bytes.ts";
import { brokenStream } from "../streams/streams.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, stage, type CreateStorage, type Stage } from "./stage.ts";

const until = (scene: Stage, what: string, count: number) =>
  scene.time.until(what, () => scene.notifier.attempts.length === count);

const timed = (): ProviderReport => ({ type: "succeeded", outcome: aModel(), ranSeconds: 291.5 });

/** The stored time of a training when no work is left. */
async function ranSeconds({ time, training }: Stage, id: string): Promise<number | undefined> {
  await time.until("nothing is left to do", async () => (await training(id)).nextCheckAt === undefined);
  const { state } = await training(id);
  return state.status === "succeeded" ? state.ranSeconds : -1;
}

const secondsSince = (scene: Stage, begun: string): number =>
  (Date.parse(scene.time.clock.now()) - Date.parse(begun)) / 1000;

export function describeFinishing(create: CreateStorage): void {
  describe("finishing", () => {
    it("copies the model before it tells the owner", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, training: trainingOf, blobs } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await until(scene, "the owner is told", 1);
      const { state } = await trainingOf(training.id);
      expect(state.status === "succeeded" && blobs.blobs.has(state.outcome.weights.blobKey ?? "")).toBe(true);
      expect(state.status === "succeeded" && blobs.blobs.has(state.outcome.config?.blobKey ?? "")).toBe(true);
      expect(scene.notifier.attempts[0]).toMatchObject({ content: { template: "training-ready" }, avatarName: "Ada" });
      await expectInvariants(scene);
    });

    it("tells the owner after a minute even if the copy takes longer, and goes on copying", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, models, training: trainingOf, time } = scene;
      const { training, request } = await submitted();
      for (let count = 0; count < 16; count++) models.failNext({ type: "provider-unavailable", detail: "503" });
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      const begun = time.clock.now();
      await until(scene, "the owner is told", 1);
      expect(secondsSince(scene, begun)).toBeGreaterThanOrEqual(58);
      await time.until("the model is copied", async () => {
        const { state } = await trainingOf(training.id);
        return state.status === "succeeded" && state.outcome.weights.blobKey !== undefined;
      });
      await expectInvariants(scene);
    });

    it("starts a download over that broke off", async () => {
      const scene = await stage(create);
      const { submitted, provider, models, training: trainingOf, time, blobs } = scene;
      const { training, request } = await submitted();
      const model = aModel();
      models.serve(model.weights.url, () => brokenStream());
      provider.report(request.requestId, { type: "succeeded", outcome: model });
      await time.until("it was tried", () => models.opened.length > 0);
      models.serve(model.weights.url, weightsBytes(model.weights.url));
      await time.until("the model is copied", async () => {
        const { state } = await trainingOf(training.id);
        return state.status === "succeeded" && blobs.blobs.has(state.outcome.weights.blobKey ?? "");
      });
      await expectInvariants(scene);
    });

    it("keeps the weights when only the configuration is gone", async () => {
      const model = aModel();
      const { open } = fakeModelSource();
      const models: ModelSource = {
        open: (file) => (file.url === model.config?.url ? errAsync({ type: "request-not-found" }) : open(file)),
      };
      const scene = await stage(create, { models, policy: { copyDeadlineSeconds: 100 } });
      const { submitted, provider, training: trainingOf, blobs, time, notifier } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: model });
      await time.until("it is given up", async () => {
        const { state, nextCheckAt } = await trainingOf(training.id);
        return state.status === "succeeded" && nextCheckAt === undefined;
      });
      const { state } = await trainingOf(training.id);
      expect(state.status === "succeeded" && blobs.blobs.has(state.outcome.weights.blobKey ?? "")).toBe(true);
      await time.pass(60);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-ready"]);
    });

    it("leaves no bytes of a model whose avatar was erased while it was copied", async () => {
      const { open } = fakeModelSource();
      let meanwhile = (): Promise<unknown> => Promise.resolve();
      const models: ModelSource = {
        open: (file) => fromSafePromise(meanwhile()).andThen(() => open(file)),
      };
      const scene = await stage(create, { models });
      const { submitted, provider, likeness, blobs, time } = scene;
      const { training, request } = await submitted();
      let erased = false;
      meanwhile = async () => {
        await valueOf(likeness.avatars.erase({ actor: owner, avatarId: training.avatarId }));
        erased = true;
      };
      provider.report(request.requestId, { type: "succeeded", outcome: aModel({ config: undefined }) });
      await time.until("it is erased", () => erased);
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await time.pass(60);
      expect(blobs.blobs.size).toBe(0);
    });

    it("does not let credits that fail keep the model from being copied", async () => {
      const scene = await stage(create);
      const { submitted, provider, credits, training: trainingOf, time } = scene;
      const { training, request } = await submitted();
      for (let count = 0; count < 4; count++) credits.failNext("capture");
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await time.until("the model is copied", async () => {
        const { state } = await trainingOf(training.id);
        return state.status === "succeeded" && state.outcome.weights.blobKey !== undefined;
      });
      expect(credits.lastOf(training.id)).toBe("reserve");
      await time.until("they are spent", () => credits.lastOf(training.id) === "capture");
    });

    it("keeps how long the provider says that it ran, whether a webhook or a look brought its outcome", async () => {
      const scene = await stage(create);
      const { submitted, provider, deliver } = scene;
      const called = await submitted();
      const { requestId } = called.request;
      const report = timed();
      provider.report(requestId, report);
      if (report.type === "succeeded")
        await deliver(called.training.id, { type: "succeeded", requestId, outcome: report.outcome });
      expect(await ranSeconds(scene, called.training.id)).toBe(291.5);

      const polled = await submitted();
      provider.report(polled.request.requestId, timed());
      expect(await ranSeconds(scene, polled.training.id)).toBe(291.5);
      await expectInvariants(scene);
    });

    it("takes no time of our own for how long it ran when the answer and the webhook were lost", async () => {
      const scene = await stage(create);
      const { ordered, provider, untilStatus } = scene;
      const untimed: ProviderReport = { type: "succeeded", outcome: aModel() };
      for (const report of [timed(), untimed]) {
        provider.answerNextSubmit("accept-silently", async ({ requestId }) => provider.report(requestId, report));
        const { id } = await ordered();
        const { state } = await untilStatus(id, "succeeded");
        const own = state.status === "succeeded" && Date.parse(state.finishedAt) - Date.parse(state.submittedAt);
        expect(own).toBeLessThan(60_000);
        expect(await ranSeconds(scene, id)).toBe(report.type === "succeeded" ? report.ranSeconds : -1);
      }
      await expectInvariants(scene);
    });

    it("goes on without the time that a training ran when the provider does not tell it", async () => {
      const scene = await stage(create);
      const { submitted, provider, blobs, training: trainingOf } = scene;
      const { training, request } = await submitted();
      const model = aModel();
      provider.report(request.requestId, { type: "succeeded", outcome: model, ranSeconds: 291.5 });
      provider.forget(request.requestId);
      await scene.deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: model });
      expect(await ranSeconds(scene, training.id)).toBeUndefined();
      const { state } = await trainingOf(training.id);
      expect(state.status === "succeeded" && blobs.blobs.has(state.outcome.weights.blobKey ?? "")).toBe(true);
      await until(scene, "the owner is told", 1);
      await expectInvariants(scene);
    });

    it("captures or releases credits again until that works", async () => {
      const scene = await stage(create);
      const { submitted, provider, credits, time } = scene;
      const { training, request } = await submitted();
      credits.failNext("capture");
      credits.failNext("capture");
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await time.until("they are spent", () => credits.lastOf(training.id) === "capture");
      await expectInvariants(scene);
    });
  });
}
