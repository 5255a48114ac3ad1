import type { TrainingEvent } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, stage, type CreateStorage, type Stage } from "./stage.ts";

const success = (requestId: string): TrainingEvent => ({ type: "succeeded", requestId, model: aModel() });

/** The alarms that were raised, as the outcomes they stand for. */
const alarms = ({ log }: Stage): string[] =>
  log.entries.filter(({ level, fields }) => level === "error" && "deliveryId" in fields).map(({ message }) => message);

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
        model: { weights: event.type === "succeeded" ? { url: event.model.weights.url } : {} },
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
      provider.report(request.requestId, { type: "succeeded", model: aModel() });
      provider.failNext("result", { type: "provider-unavailable", detail: "503" });
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
        return state.status === "failed" && state.lateModel?.weights.blobKey !== undefined;
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
      await valueOf(likeness.cancelTraining({ actor: owner, avatarId: training.avatarId }));
      await deliver(training.id, success(request.requestId));
      await untilSettled();
      expect((await trainingOf(training.id)).state).toMatchObject({ status: "cancelled", lateModel: {} });
      expect((await avatar(training.avatarId))?.state).toStrictEqual({ status: "draft" });
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("stores what comes for an erased training, and does nothing", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, likeness, provider, notifier } = scene;
      const { training, request } = await submitted();
      await valueOf(likeness.eraseAvatar({ actor: owner, avatarId: training.avatarId }));
      expect(provider.calls).toContain("cancel");
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      await untilSettled();
      expect(alarms(scene)).toHaveLength(1);
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
      expect(alarms(scene)).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("keeps a verified delivery that it cannot read, with an alarm", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, training: trainingOf } = scene;
      const { training, request } = await submitted();
      const body = new TextEncoder().encode("not JSON");
      expect(await deliver(training.id, success(request.requestId), { body })).toStrictEqual(ok({ stored: "new" }));
      await untilSettled();
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(alarms(scene)).toStrictEqual(["a verified webhook cannot be read"]);
    });

    it.each([
      ["a wrong signature", { key: "another key" }, "signature-invalid"],
      ["another account", { account: "somebody" }, "foreign-account"],
      ["a stale time", { sentAt: "2020-01-01T00:00:00.000Z" }, "signature-stale"],
      ["another request in the header", { requestId: "r-9" }, "request-mismatch"],
    ] as const)("refuses %s and stores nothing", async (_name, options, reason) => {
      const scene = await stage(create);
      const { submitted, deliver, store, training: trainingOf } = scene;
      const { training, request } = await submitted();
      expect(await deliver(training.id, success(request.requestId), options)).toStrictEqual(
        err({ type: "webhook-rejected", reason }),
      );
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(await store.inbox.unsettledBefore("9999", 10)).toStrictEqual(ok([]));
    });

    it("admits only the token of the very training", async () => {
      const { submitted, likeness, ports } = await stage(create);
      const { training } = await submitted();
      const address = new URL((await ports.webhooks?.address.urlFor(training.id)) ?? "");
      const token = address.searchParams.get("token") ?? "";
      const notFound = err({ type: "webhook-not-found" });
      expect((await likeness.admitWebhook({ trainingId: training.id, token })).isOk()).toBe(true);
      expect(await likeness.admitWebhook({ trainingId: training.avatarId, token })).toStrictEqual(notFound);
      expect(await likeness.admitWebhook({ trainingId: training.id, token: "" })).toStrictEqual(notFound);
    });

    it("stores while the keys are out of reach, and does nothing before they are back", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilStatus, untilSettled, receiver, training: trainingOf, time, provider } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "running", percent: 5 });
      receiver.setKeysAvailable(false);
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      const forged = success("forged");
      expect(await deliver(training.id, forged, { key: "another key" })).toStrictEqual(ok({ stored: "new" }));
      await time.pass(90);
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      receiver.setKeysAvailable(true);
      await untilStatus(training.id, "succeeded");
      await untilSettled();
      expect(alarms(scene)).toStrictEqual(["a webhook that was stored unverified was forged"]);
      await expectInvariants(scene);
    });
  });
}
