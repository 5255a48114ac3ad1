import type { InboxOutcome, OrderEvent, Provider } from "@likeness/core";
import { err, errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { notingOutcomes } from "./noting-outcomes.ts";
import { alarmsOf, endOfTime, expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

const foreign = "a webhook names another request than the order's own";

const success = (requestId: string) => ({
  type: "succeeded" as const,
  requestId,
  outcome: aModel(),
});

export function describeWebhookOutcomes(create: CreateStorage): void {
  describe("outcomes of webhooks", () => {
    it("does not take our own result because another request has finished", async () => {
      const scene = await stage(create);
      const { submitted, deliver, untilSettled, provider, training: trainingOf } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await deliver(training.id, { type: "finished", requestId: "another-request" });
      await untilSettled();
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(alarmsOf(scene)).toStrictEqual([foreign]);
      await expectInvariants(scene);
    });

    it("settles the news that an erased training has finished", async () => {
      const outcomes: InboxOutcome[] = [];
      const scene = await stage(notingOutcomes(create, outcomes));
      const { submitted, deliver, untilSettled, likeness } = scene;
      const { training, request } = await submitted();
      await valueOf(likeness.avatars.erase({ actor: owner, avatarId: training.avatarId }));
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      await untilSettled();
      expect(outcomes).toStrictEqual(["unknown_order"]);
    });

    it("keeps at a result that is out of reach, and gives up one that is gone", async () => {
      const outcomes: InboxOutcome[] = [];
      const scene = await stage(notingOutcomes(create, outcomes));
      const { submitted, deliver, untilSettled, untilStatus, provider } = scene;
      const first = await submitted();
      provider.forget(first.request.requestId);
      await deliver(first.training.id, { type: "finished", requestId: first.request.requestId });
      await untilSettled();
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      provider.failNext("look", { type: "provider-unavailable", detail: "503" });
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      await untilStatus(training.id, "succeeded");
      await untilSettled();
      expect(outcomes).toStrictEqual(["ignored", "applied"]);
    });

    it("fetches what a training yields that was given up before its request was known", async () => {
      const outcomes: InboxOutcome[] = [];
      const provider = fakeProvider();
      const blind: Provider = { ...provider, find: () => okAsync(undefined) };
      const scene = await stage(notingOutcomes(create, outcomes), { provider: blind });
      const { ordered, deliver, untilSettled, untilStatus, training: trainingOf, time } = scene;
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      await untilStatus(id, "failed");
      const [{ requestId } = { requestId: "" }] = provider.requests;
      const { outcome } = success(requestId);
      provider.report(requestId, { type: "succeeded", outcome });
      await deliver(id, { type: "finished", requestId });
      await untilSettled();
      expect((await trainingOf(id)).state).toMatchObject({
        status: "failed",
        reason: "submit_unknown",
        request: { requestId },
        lateOutcome: { weights: { url: outcome.weights.url } },
      });
      expect(outcomes).toStrictEqual(["late"]);
      await time.pass(1);
      await expectInvariants(scene);
    });

    it.each([
      { type: "request-not-found" } as const,
      { type: "provider-refused", status: 403, detail: "User is locked" } as const,
    ])("fetches what a training yields that was given up, though it was $type at first", async (refusal) => {
      const outcomes: InboxOutcome[] = [];
      const provider = fakeProvider();
      let refusals = 0;
      const look: Provider["look"] = (training) => (refusals-- > 0 ? errAsync(refusal) : provider.look(training));
      const scene = await stage(notingOutcomes(create, outcomes), { provider: { ...provider, look } });
      const { submitted, deliver, untilSettled, untilStatus, training: trainingOf } = scene;
      const { training, request } = await submitted();
      await untilStatus(training.id, "failed");
      const { outcome } = success(request.requestId);
      provider.report(request.requestId, { type: "succeeded", outcome });
      refusals = 3;
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      await untilSettled();
      expect(outcomes).toStrictEqual(["late"]);
      expect((await trainingOf(training.id)).state).toMatchObject({
        status: "failed",
        lateOutcome: { weights: { url: outcome.weights.url } },
      });
    });

    it("gives up what is announced of a training that is over and stays unknown, with an alarm", async () => {
      const outcomes: InboxOutcome[] = [];
      const scene = await stage(notingOutcomes(create, outcomes));
      const { submitted, deliver, untilSettled, untilStatus, provider, time } = scene;
      const { training, request } = await submitted();
      await untilStatus(training.id, "failed");
      provider.forget(request.requestId);
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      await time.pass(250);
      expect(outcomes).toStrictEqual([]);
      await untilSettled();
      expect(outcomes).toStrictEqual(["given_up"]);
      expect(alarmsOf(scene)).toStrictEqual(["a webhook could not be verified or applied in time"]);
    });

    it("keeps the first of several late results, soon in its own blobs, and no late failure", async () => {
      const outcomes: InboxOutcome[] = [];
      const scene = await stage(notingOutcomes(create, outcomes));
      const { provider, ordered, deliver, untilSettled, untilStatus, training: trainingOf, time, blobs } = scene;
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id } = await ordered();
      await untilStatus(id, "failed");
      await time.pass(70);
      const first = success("r-1");
      const failure: OrderEvent = { type: "failed", requestId: "r-1", detail: "out of memory" };
      for (const event of [failure, first, success("r-1"), { ...failure, detail: "again" }, success("r-2")]) {
        await deliver(id, event);
        await untilSettled();
      }
      expect(outcomes).toStrictEqual(["late", "late", "late", "late", "foreign"]);
      await time.pass(5);
      const { state, nextCheckAt } = await trainingOf(id);
      expect(state).toMatchObject({
        request: { requestId: "r-1" },
        lateOutcome: { weights: { url: first.outcome.weights.url } },
      });
      expect(state.status === "failed" && blobs.blobs.has(state.lateOutcome?.weights.blobKey ?? "")).toBe(true);
      expect(nextCheckAt).toBeUndefined();
    });

    it("gives a delivery up that nobody could verify in time, with an alarm", async () => {
      const outcomes: InboxOutcome[] = [];
      const policy = { deliveryDeadlineSeconds: 100 };
      const scene = await stage(notingOutcomes(create, outcomes), { policy });
      const { submitted, deliver, receiver, time } = scene;
      const { training, request } = await submitted();
      receiver.setKeysAvailable(false);
      await deliver(training.id, success(request.requestId));
      await time.pass(100);
      expect(outcomes).toStrictEqual([]);
      await time.pass(100);
      expect(outcomes).toStrictEqual(["given_up"]);
      expect(alarmsOf(scene)).toStrictEqual(["a webhook could not be verified or applied in time"]);
    });

    it("stores only the headers that are needed to verify a delivery", async () => {
      const { submitted, deliver, receiver, store } = await stage(create);
      const { training, request } = await submitted();
      receiver.setKeysAvailable(false);
      await deliver(training.id, success(request.requestId));
      const [stored] = await valueOf(store.inbox.unsettledBefore(endOfTime, 1));
      expect(Object.keys(stored?.headers ?? {}).toSorted()).toStrictEqual([...receiver.headers].toSorted());
    });

    it("does not admit anything without an intake", async () => {
      const { ordered, likeness, ports } = await stage(create, { webhooks: undefined });
      const { id } = await ordered();
      expect(ports.webhooks).toBeUndefined();
      expect(await likeness.webhooks.admit({ orderId: id, token: "any" })).toStrictEqual(
        err({ type: "webhook-not-found" }),
      );
    });
  });
}
