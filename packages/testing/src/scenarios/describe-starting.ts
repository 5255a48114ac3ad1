import { addSeconds } from "@likeness/core";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { uploadOf } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { creditsForOne } from "./credits-for-one.ts";
import { expectInvariants, owner, openStage, type CreateStorage } from "./stage.ts";

export function describeStarting(create: CreateStorage): void {
  describe("starting", () => {
    it("refuses too few photos and says how many are missing", async () => {
      const { likeness, draft, provider } = await openStage(create);
      const { id: avatarId } = await draft(2);
      expect(await likeness.trainings.start({ actor: owner, avatarId })).toStrictEqual(
        err({ type: "not-ready", readiness: { accepted: 2, minimum: 3, maximum: 5, missing: 1 } }),
      );
      expect(provider.submissions).toStrictEqual([]);
    });

    it("submits a frozen copy of what was chosen, with the webhook's address", async () => {
      const { likeness, draft, provider, untilStatus, ports } = await openStage(create);
      const { id: avatarId } = await draft(4);
      const started = await valueOf(likeness.trainings.start({ actor: owner, avatarId, preset: "quality" }));
      await untilStatus(started.id, "submitted");
      const trigger = `TOK_${avatarId.slice(-8)}`;
      expect(provider.submissions[0]?.order.snapshot.input).toStrictEqual({
        create_masks: true,
        steps: 2_500,
        learning_rate: 1e-4,
        trigger_word: trigger,
      });
      expect(provider.submissions[0]?.webhookUrl).toBe(await ports.webhooks?.address.urlFor(started.id));
      const uploaded = provider.uploads.get(uploadOf(provider.submissions[0]?.prepared) ?? "");
      expect(uploaded?.map(({ file }) => file)).toStrictEqual(
        ["001", "002", "003", "004"].map((number) => `photo_${number}.jpg`),
      );
    });

    it("makes one training of two starts at once: one POST", async () => {
      const stage = await openStage(create);
      const { likeness, draft, provider, store, credits, untilStatus } = stage;
      const { id: avatarId } = await draft();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => likeness.trainings.start({ actor: owner, avatarId })),
      );
      const started = answers.filter((answer) => answer.isOk());
      expect(started).toHaveLength(1);
      const orderId = started[0]?._unsafeUnwrap().id ?? "";
      expect(answers.filter((answer) => answer.isErr())).toStrictEqual(
        Array(4).fill(err({ type: "training-active", trainingId: orderId })),
      );
      await untilStatus(orderId, "submitted");
      expect(await valueOf(store.orders.listByAvatar(avatarId))).toHaveLength(1);
      expect(provider.submissions).toHaveLength(1);
      const held = credits.calls.map(({ orderId: id }) => id).filter((id) => credits.lastOf(id) === "reserve");
      expect(new Set(held)).toStrictEqual(new Set([orderId]));
      await expectInvariants(stage);
    });

    it("keeps the older model until the new one is there", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, provider, untilStatus, avatar } = stage;
      const { training: first, request } = await submitted();
      provider.report(request.requestId, {
        type: "succeeded",
        outcome: { weights: { url: "https://files.example/1" } },
      });
      await untilStatus(first.id, "succeeded");
      const second = await valueOf(likeness.trainings.start({ actor: owner, avatarId: first.avatarId }));
      expect((await avatar(first.avatarId))?.state).toStrictEqual({
        status: "training",
        trainingId: second.id,
        servingTrainingId: first.id,
      });
      await untilStatus(second.id, "submitted");
      await valueOf(likeness.trainings.cancel({ actor: owner, avatarId: first.avatarId }));
      expect((await avatar(first.avatarId))?.state).toStrictEqual({ status: "ready", trainingId: first.id });
      await expectInvariants(stage);
    });

    it("tells the owner that the older model stays when the new training fails", async () => {
      const stage = await openStage(create);
      const { likeness, submitted, provider, untilStatus, avatar, notifier, time } = stage;
      const { training: first, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(first.id, "succeeded");
      const second = await valueOf(likeness.trainings.start({ actor: owner, avatarId: first.avatarId }));
      await untilStatus(second.id, "submitted");
      provider.report(provider.requests.at(-1)?.requestId ?? "", { type: "failed", detail: "out of memory" });
      await untilStatus(second.id, "failed");
      await time.until("the owner is told", () => notifier.attempts.some(({ orderId }) => orderId === second.id));
      expect((await avatar(first.avatarId))?.state).toStrictEqual({ status: "ready", trainingId: first.id });
      expect(notifier.attempts.find(({ orderId }) => orderId === second.id)?.content).toStrictEqual({
        template: "training-failed",
        reason: "provider_error",
        stillReady: true,
      });
      await expectInvariants(stage);
    });

    it("says that a training is under way, not that the credits are gone which it has taken", async () => {
      const { credits, letThrough } = creditsForOne();
      const { likeness, draft } = await openStage(create, { credits });
      const { id: avatarId } = await draft();
      const starts = [1, 2].map(() => likeness.trainings.start({ actor: owner, avatarId }));
      const { id: orderId } = await valueOf(Promise.race(starts));
      letThrough();
      const refusals = (await Promise.all(starts)).filter((answer) => answer.isErr());
      expect(refusals).toStrictEqual([err({ type: "training-active", trainingId: orderId })]);
    });

    it("goes by the balanced preset unless told otherwise, and ends at a deadline while it is not submitted", async () => {
      const { ordered, draft, likeness } = await openStage(create);
      const training = await ordered();
      expect(training.snapshot).toMatchObject({ preset: "balanced", steps: 1_000 });
      expect(training.deadlineAt).toBe(addSeconds(training.createdAt, 300));
      const { id: avatarId } = await draft();
      const fast = await valueOf(likeness.trainings.start({ actor: owner, avatarId, preset: "fast" }));
      expect(fast.snapshot).toMatchObject({ preset: "fast", steps: 500 });
    });
  });
}
