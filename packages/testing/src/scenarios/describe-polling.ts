import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

export function describePolling(create: CreateStorage): void {
  describe("polling", () => {
    it("finishes every training by itself, were no webhook ever to come", async () => {
      const scene = await stage(create, { webhooks: undefined });
      const { submitted, provider, untilStatus, avatar } = scene;
      const { training, request } = await submitted();
      expect(provider.submissions[0]?.webhookUrl).toBeUndefined();
      provider.report(request.requestId, { type: "running", percent: 40 }, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      expect((await avatar(training.avatarId))?.state.status).toBe("ready");
      await expectInvariants(scene);
    });

    it("shows the place in the queue, then percent that never go back", async () => {
      const { submitted, provider, training: trainingOf, time } = await stage(create);
      const { training, request } = await submitted();
      const progress = async () => {
        const { state } = await trainingOf(training.id);
        return state.status === "submitted" ? state.progress : {};
      };
      provider.report(request.requestId, { type: "queued", position: 3 });
      await time.until("the place is known", async () => (await progress()).position === 3);
      provider.report(request.requestId, { type: "running", percent: 60 });
      await time.until("it runs", async () => (await progress()).percent === 60);
      expect((await progress()).position).toBeUndefined();
      provider.report(request.requestId, { type: "running", percent: 40 });
      await time.pass(30);
      expect((await progress()).percent).toBe(60);
    });

    it("outlasts a provider that does not answer", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus } = scene;
      const { training, request } = await submitted();
      for (let count = 0; count < 6; count++)
        provider.failNext("look", { type: "provider-unavailable", detail: "503" });
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await expectInvariants(scene);
    });

    it("gives up at the deadline: cancelled there, failed here, told once", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, notifier, time } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 1 });
      const failed = await untilStatus(training.id, "failed");
      expect(failed.state).toMatchObject({ reason: "provider_timeout" });
      expect(provider.calls).toContain("cancel");
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      await expectInvariants(scene);
    });

    it("fails what the provider has finished and lost", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, deliver } = scene;
      const { training, request } = await submitted();
      provider.forget(request.requestId);
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      expect((await untilStatus(training.id, "failed")).state).toMatchObject({ reason: "result_lost" });
      await expectInvariants(scene);
    });

    it("looks at a training at one pace, however many had reason to look", async () => {
      const scene = await stage(create);
      const { submitted, provider, time, likeness } = scene;
      const { training } = await submitted();
      await time.pass(120);
      for (let count = 0; count < 3; count++) await likeness.operator.look({ orderId: training.id });
      const before = provider.calls.length;
      await time.pass(100);
      expect(provider.calls.length - before).toBeLessThanOrEqual(11);
    });

    it("cancels at the provider first, and says when it is too late", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, likeness, credits, time } = scene;
      const first = await submitted();
      const cancel = { actor: owner, avatarId: first.training.avatarId };
      expect(await valueOf(likeness.trainings.cancel(cancel))).toMatchObject({ type: "cancelled" });
      expect(provider.calls).toContain("cancel");
      expect(await likeness.trainings.cancel(cancel)).toStrictEqual(
        err({ type: "no-training", avatarId: first.training.avatarId }),
      );
      await time.until("the credits are back", () => credits.lastOf(first.training.id) === "release");

      const second = await submitted();
      provider.report(second.request.requestId, { type: "succeeded", outcome: aModel() });
      const late = await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: second.training.avatarId }));
      expect(late.type).toBe("too-late");
      await untilStatus(second.training.id, "succeeded");
      await expectInvariants(scene);
    });

    it("does not call a training cancelled that the provider may have without our knowing", async () => {
      const { ordered, provider, untilStatus, likeness } = await stage(create);
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id, avatarId } = await ordered();
      await untilStatus(id, "unknown");
      expect(await likeness.trainings.cancel({ actor: owner, avatarId })).toStrictEqual(
        err({ type: "illegal-transition", entity: "order", from: "unknown", transition: "cancel" }),
      );
    });
  });
}
