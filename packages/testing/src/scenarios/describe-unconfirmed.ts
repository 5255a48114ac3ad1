import { addSeconds, type SubmitError } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, stage, type CreateStorage } from "./stage.ts";

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };

/** A POST that the provider may or may not have accepted. */
export function describeUnconfirmed(create: CreateStorage): void {
  describe("unconfirmed", () => {
    it("finds a training whose answer was lost, without a second POST", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, notifier, time } = scene;
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      const submitted = await untilStatus(id, "submitted");
      expect(submitted.state).toMatchObject({ request: provider.requests[0] });
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toStrictEqual({ template: "training-unconfirmed" });
      provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", outcome: aModel() });
      await untilStatus(id, "succeeded");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("fails one without any trace at its deadline, having posted once, and it can be started again", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, time, likeness, notifier } = scene;
      provider.answerNextSubmit(unconfirmed);
      const begun = Date.parse(time.clock.now());
      const { id, avatarId } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "submit_unknown" });
      expect(Date.parse(time.clock.now()) - begun).toBeGreaterThanOrEqual(300_000);
      expect(provider.submissions).toHaveLength(1);
      await time.until("the owner is told", () => notifier.attempts.length === 2);
      const again = await valueOf(likeness.trainings.start({ actor: owner, avatarId }));
      await untilStatus(again.id, "submitted");
      await expectInvariants(scene);
    });

    it("adopts a training whose webhook is the only trace of it", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver } = scene;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await deliver(id, { type: "succeeded", requestId: "r-1", outcome: aModel() });
      expect((await untilStatus(id, "succeeded")).state).toMatchObject({ request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("waits for a webhook alone where the provider cannot search", async () => {
      const provider = fakeProvider();
      const scene = await stage(create, { provider: { ...provider, find: undefined } });
      const { ordered, untilStatus, deliver, time, training } = scene;
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.pass(60);
      expect((await training(id)).state.status).toBe("unknown");
      const { requestId = "" } = provider.requests[0] ?? {};
      await deliver(id, { type: "running", requestId });
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("adopts one whose only trace is a webhook without a result, and fetches that", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver } = scene;
      provider.answerNextSubmit("accept-silently");
      provider.failNext("find", { type: "provider-unavailable", detail: "503" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      const { requestId = "" } = provider.requests[0] ?? {};
      provider.report(requestId, { type: "succeeded", outcome: aModel() });
      await deliver(id, { type: "finished", requestId });
      await untilStatus(id, "succeeded");
      await expectInvariants(scene);
    });

    it("takes a webhook that comes before the answer to the POST", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver, untilSettled, training } = scene;
      let orderId = "";
      provider.answerNextSubmit("accept", async ({ requestId }) => {
        orderId = provider.submissions[0]?.order.id ?? "";
        await deliver(orderId, { type: "succeeded", requestId, outcome: aModel() });
        await untilSettled();
      });
      const { id } = await ordered();
      await untilStatus(id, "succeeded");
      expect(id).toBe(orderId);
      expect((await training(id)).state).toMatchObject({ request: { requestId: provider.requests[0]?.requestId } });
      await expectInvariants(scene);
    });

    it("does not say that something is being checked once its outcome is known", async () => {
      const scene = await stage(create);
      const { provider, ordered, untilStatus, deliver, notifier, time } = scene;
      notifier.answerNext({ type: "retry-at", at: addSeconds(time.clock.now(), 60) });
      provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "reset" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.until("the owner could not be told yet", () => notifier.attempts.length === 1);
      await deliver(id, { type: "succeeded", requestId: "r-1", outcome: aModel() });
      await untilStatus(id, "succeeded");
      await time.pass(150);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual([
        "training-unconfirmed",
        "training-ready",
      ]);
    });
  });
}
