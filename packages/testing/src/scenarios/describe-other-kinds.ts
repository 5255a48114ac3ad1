import { addSeconds, cleanText, isTerminal } from "@likeness/core";
import { cancelOrder } from "@likeness/core/use-cases";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { aPicture, pictureStage } from "./picture-orders.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";

/** The promises of orders hold for a kind that differs from trainings in everything in which kinds can differ. */
export function describeOtherKinds(create: CreateStorage): void {
  describe("orders of another kind", () => {
    it("run side by side and beside a training, each sent once and without preparation", async () => {
      const scene = await pictureStage(create);
      const { place, until, order, provider, likeness, avatarId, avatar, credits, blobs, notifier, time } = scene;
      const training = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      const ids = await Promise.all([1, 2, 3].map(async (seed) => (await valueOf(place(seed))).id));
      for (const id of ids) await until(id, "submitted");
      await scene.untilStatus(training.id, "submitted");
      expect(provider.calls.filter((call) => call === "prepare")).toHaveLength(1);
      const sent = provider.submissions.filter(({ order: { kind } }) => kind === "picture");
      expect(sent.map(({ prepared }) => prepared)).toStrictEqual([{ input: {} }, { input: {} }, { input: {} }]);

      for (const [index, id] of provider.accepted.entries())
        if (ids.includes(id))
          provider.report(provider.requests[index]?.requestId ?? "", { type: "succeeded", outcome: aPicture(id) });
      for (const id of ids) {
        await until(id, "succeeded");
        await time.until("it is copied", async () => (await order(id)).nextCheckAt === undefined);
        const { state } = await order(id);
        const key = (state.status === "succeeded" && state.outcome["picture"]?.blobKey) || "";
        expect(blobs.blobs.has(key)).toBe(true);
        expect(credits.lastOf(id)).toBe("capture");
      }
      expect((await avatar(avatarId))?.state).toMatchObject({ status: "training", trainingId: training.id });
      expect(notifier.attempts).toStrictEqual([]);
      await expectInvariants(scene);
    });

    it("are one order for one key, also at once, and another one for another key", async () => {
      const scene = await pictureStage(create);
      const { place, until, provider, credits } = scene;
      const twice = await Promise.all([valueOf(place(1)), valueOf(place(1)), valueOf(place(1))]);
      const [first] = twice;
      expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
      const other = await valueOf(place(2));
      expect(other.id).not.toBe(first.id);
      await until(first.id, "submitted");
      await until(other.id, "submitted");
      expect(provider.submissions).toHaveLength(2);
      const held = new Set(
        credits.calls.map(({ orderId }) => orderId).filter((id) => credits.lastOf(id) === "reserve"),
      );
      expect(held).toStrictEqual(new Set([first.id, other.id]));
      await expectInvariants(scene);
    });

    it("fail at once when they are refused, and cost nothing", async () => {
      const scene = await pictureStage(create);
      const { place, until, provider, credits, avatar, avatarId, time } = scene;
      provider.answerNextSubmit({ type: "submit-refused", status: 422, detail: "no such seed" });
      const { id } = await valueOf(place(1));
      expect((await until(id, "failed")).state).toMatchObject({
        reason: "rejected",
        detail: cleanText("no such seed"),
      });
      await time.until("the credits are released", () => credits.lastOf(id) === "release");
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "draft" });
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("are sent again after an answer that proves that they were not taken", async () => {
      const scene = await pictureStage(create);
      const { place, until, provider } = scene;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 20 });
      const { id } = await valueOf(place(1));
      await until(id, "submitted");
      expect([provider.submissions.length, provider.accepted]).toStrictEqual([2, [id]]);
      await expectInvariants(scene);
    });

    it("are looked for when the answer was lost, and never sent again", async () => {
      const scene = await pictureStage(create);
      const { place, until, provider, accepted } = scene;
      await accepted(1);
      provider.answerNextSubmit("accept-silently", async ({ requestId }) =>
        provider.report(requestId, { type: "succeeded", outcome: aPicture() }),
      );
      const { id } = await valueOf(place(2));
      const { state } = await until(id, "succeeded");
      expect(state).toMatchObject({ request: { requestId: provider.requests[1]?.requestId } });
      expect(provider.submissions).toHaveLength(2);
      await expectInvariants(scene);
    });

    it("are given up when no trace of them is found by their deadline", async () => {
      const scene = await pictureStage(create);
      const { place, until, provider, credits, time } = scene;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "504" });
      const { id } = await valueOf(place(1));
      expect((await until(id, "failed")).state).toMatchObject({ reason: "submit_unknown" });
      await time.until("the credits are released", () => credits.lastOf(id) === "release");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("have a deadline of their own, and keep what comes after it", async () => {
      const scene = await pictureStage(create);
      const { accepted, until, deliver, order, time, untilSettled, log, blobs } = scene;
      const { order: given, requestId } = await accepted(1);
      const submittedAt = given.state.status === "submitted" ? given.state.submittedAt : "";
      expect(given.deadlineAt).toBe(addSeconds(submittedAt, 300));
      expect((await until(given.id, "failed")).state).toMatchObject({ reason: "provider_timeout" });
      await deliver(given.id, { type: "succeeded", requestId, outcome: aPicture("late") });
      await untilSettled();
      await time.until("it is copied", async () => (await order(given.id)).nextCheckAt === undefined);
      const { state } = await order(given.id);
      const late = state.status === "failed" ? state.lateOutcome?.["picture"] : undefined;
      expect(late).toMatchObject(aPicture("late").picture);
      expect(blobs.blobs.has(late?.blobKey ?? "")).toBe(true);
      expect(log.entries).toContainEqual(
        expect.objectContaining({
          level: "error",
          fields: expect.objectContaining({ orderId: given.id, kind: "picture" }),
        }),
      );
      await expectInvariants(scene);
    });

    it("take the outcome that a webhook brings, once", async () => {
      const scene = await pictureStage(create);
      const { accepted, until, deliver, untilSettled, likeness } = scene;
      const { order, requestId } = await accepted(1);
      const event = { type: "succeeded", requestId, outcome: aPicture() } as const;
      expect(await deliver(order.id, event)).toStrictEqual(ok({ stored: "new" }));
      expect(await deliver(order.id, event)).toStrictEqual(ok({ stored: "known" }));
      await until(order.id, "succeeded");
      await deliver(order.id, { type: "failed", requestId, detail: "later" });
      await untilSettled();
      expect((await until(order.id, "succeeded")).state).toMatchObject({ outcome: aPicture() });
      // The token of one order opens no other.
      const { order: other } = await accepted(2);
      const address = new URL((await scene.ports.webhooks?.address.urlFor(order.id)) ?? "");
      const token = address.searchParams.get("token") ?? "";
      expect(await likeness.webhooks.admit({ orderId: other.id, token })).toStrictEqual(
        err({ type: "webhook-not-found" }),
      );
      await expectInvariants(scene);
    });

    it("are cancelled at the provider first", async () => {
      const scene = await pictureStage(create);
      const { accepted, order, provider, ports, credits, time } = scene;
      const { order: given } = await accepted(1);
      expect(await cancelOrder({ ...ports, policy: ports.policy }, given)).toStrictEqual(ok("cancelled"));
      expect((await order(given.id)).state.status).toBe("cancelled");
      expect(provider.calls).toContain("cancel");
      await time.until("the credits are released", () => credits.lastOf(given.id) === "release");
      await expectInvariants(scene);
    });

    it("reach their end although every job was lost", async () => {
      const scene = await pictureStage(losingJobs(create, () => true));
      const { place, until, provider, credits, time } = scene;
      const ids = await Promise.all([1, 2].map(async (seed) => (await valueOf(place(seed))).id));
      for (const id of ids) await until(id, "submitted");
      for (const { requestId } of provider.requests)
        provider.report(requestId, { type: "succeeded", outcome: aPicture() });
      for (const id of ids) {
        await until(id, "succeeded");
        await time.until("the credits are spent", () => credits.lastOf(id) === "capture");
      }
      await expectInvariants(scene);
    });

    it("are told by nobody that a copy was given up, which an operator can have made again", async () => {
      const scene = await pictureStage(create, { policy: { copyDeadlineSeconds: 60 } });
      const { accepted, until, order, provider, models, likeness, time, notifier } = scene;
      const { order: given, requestId } = await accepted(1);
      for (let failures = 0; failures < 20; failures++)
        models.failNext({ type: "provider-refused", status: 404, detail: "gone" });
      provider.report(requestId, { type: "succeeded", outcome: aPicture() });
      await until(given.id, "succeeded");
      await time.until("it is given up", async () => (await order(given.id)).nextCheckAt === undefined);
      const { state } = await order(given.id);
      expect(state).toMatchObject({ outcome: { picture: { givenUp: true } } });
      await time.pass(600);
      expect(notifier.attempts).toStrictEqual([]);
      for (let copies = 0; copies < 3; copies++) {
        await valueOf(likeness.operator.copyAgain({ orderId: given.id }));
        await time.until("it is over", async () => (await order(given.id)).nextCheckAt === undefined);
      }
      expect((await valueOf(likeness.operator.copyAgain({ orderId: given.id }))).type).toBe("stored");
      await expectInvariants(scene);
    });

    it("go with their avatar, from the store, the blobs and the provider", async () => {
      const scene = await pictureStage(create);
      const { accepted, until, order, provider, likeness, avatarId, store, blobs, credits, time } = scene;
      const { order: done, requestId } = await accepted(1);
      provider.report(requestId, { type: "succeeded", outcome: aPicture() });
      await until(done.id, "succeeded");
      await time.until("it is copied", async () => (await order(done.id)).nextCheckAt === undefined);
      const { order: running } = await accepted(2);
      expect(isTerminal(running.state.status)).toBe(false);
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId }));
      expect(await valueOf(store.orders.listByAvatar(avatarId))).toStrictEqual([]);
      await time.until("the provider erased both", () => provider.erased.length === 2);
      await time.until("the credits are released", () => credits.lastOf(running.id) === "release");
      await time.until("no bytes are left", () => blobs.blobs.size === 0);
      await expectInvariants(scene);
    });
  });
}
