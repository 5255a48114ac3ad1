import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { alarmsOf, expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

const success = (requestId: string) => ({ type: "succeeded" as const, requestId, outcome: aModel() });

export function describeWebhooks(create: CreateStorage): void {
  describe("webhooks", () => {
    it("makes the avatar ready with the model that was delivered", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilStatus, avatar, credits, time } = scene;
      const { training, request } = await submitted();
      const event = success(request.requestId);
      expect(await deliver(training.id, event)).toStrictEqual(ok({ stored: "new" }));
      const done = await untilStatus(training.id, "succeeded");
      expect(done.state).toMatchObject({
        outcome: { weights: { url: event.outcome.weights.url } },
      });
      expect(await avatar(training.avatarId)).toMatchObject({
        state: { status: "ready", trainingId: training.id },
        main: true,
      });
      await time.until("the credits are spent", () => credits.lastOf(training.id) === "capture");
      await expectInvariants(scene);
    });

    it("takes the same delivery twenty times at once and acts once", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilStatus, notifier, time } = scene;
      const { training, request } = await submitted();
      const event = success(request.requestId);
      const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(training.id, event)));
      expect(answers.filter((answer) => answer.isOk() && answer.value.stored === "new")).toHaveLength(1);
      expect(answers.every((answer) => answer.isOk())).toBe(true);
      await untilStatus(training.id, "succeeded");
      await time.pass(120);
      expect(notifier.attempts).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("says why a training failed", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilStatus, avatar } = scene;
      const { training, request } = await submitted();
      await deliver(training.id, { type: "failed", requestId: request.requestId, detail: "no face was found" });
      expect((await untilStatus(training.id, "failed")).state).toMatchObject({
        reason: "provider_error",
        detail: "no face was found",
      });
      expect((await avatar(training.avatarId))?.state).toMatchObject({ status: "failed", reason: "provider_error" });
      await expectInvariants(scene);
    });

    it("fetches the result that a delivery announces without bringing it along", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilStatus, provider } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      provider.failNext("look", { type: "provider-unavailable", detail: "503" });
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      await untilStatus(training.id, "succeeded");
      await expectInvariants(scene);
    });

    it("lets the first outcome win, and keeps a success that comes after a failure", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, untilStatus, training: trainingOf, time } = scene;
      const { training, request } = await submitted();
      const { requestId } = request;
      await deliver(training.id, { type: "failed", requestId, detail: "first" });
      await untilStatus(training.id, "failed");
      await deliver(training.id, success(requestId));
      await untilSettled();
      expect((await trainingOf(training.id)).state).toMatchObject({ status: "failed", reason: "provider_error" });
      await time.until("the late result is copied", async () => {
        const { state } = await trainingOf(training.id);
        return state.status === "failed" && state.lateOutcome?.weights.blobKey !== undefined;
      });
      await expectInvariants(scene);
    });

    it("ignores a failure that comes after a success", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, untilStatus, training: trainingOf } = scene;
      const { training, request } = await submitted();
      await deliver(training.id, success(request.requestId));
      await untilStatus(training.id, "succeeded");
      await deliver(training.id, { type: "failed", requestId: request.requestId, detail: "second" });
      await untilSettled();
      expect((await trainingOf(training.id)).state.status).toBe("succeeded");
      await expectInvariants(scene);
    });

    it("changes nothing of a cancelled training, and keeps its result", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, likeness, training: trainingOf, avatar, notifier } = scene;
      const { training, request } = await submitted();
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: training.avatarId }));
      await deliver(training.id, success(request.requestId));
      await untilSettled();
      expect((await trainingOf(training.id)).state).toMatchObject({ status: "cancelled", lateOutcome: {} });
      expect((await avatar(training.avatarId))?.state).toStrictEqual({ status: "draft" });
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("stores what comes for an erased training, and does nothing", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, likeness, provider, notifier } = scene;
      const { training, request } = await submitted();
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: training.avatarId }));
      expect(provider.calls).toContain("cancel");
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      await untilSettled();
      expect(alarmsOf(scene)).toHaveLength(1);
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("sounds an alarm when another request reports about a training", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, training: trainingOf } = scene;
      const { training } = await submitted();
      await deliver(training.id, success("another-request"));
      await untilSettled();
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(alarmsOf(scene)).toHaveLength(1);
      await expectInvariants(scene);
    });
  });
}
