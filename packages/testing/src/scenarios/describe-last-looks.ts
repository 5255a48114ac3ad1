import { secondsBetween, type SubmitError, type Provider } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { expectInvariants, stage, type CreateStorage } from "./stage.ts";

const down = { type: "provider-unavailable", detail: "503" } as const;
const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };

/** What is given up at its deadline, and what is not. */
export function describeLastLooks(create: CreateStorage): void {
  describe("last looks", () => {
    it("takes a result at the deadline of a training that nobody could look at before", async () => {
      const provider = fakeProvider();
      const look: Provider["look"] = (order) =>
        provider.calls.includes("cancel") ? provider.look(order) : errAsync(down);
      const scene = await stage(create, { provider: { ...provider, look } });
      const { submitted, untilStatus } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      const { state } = await untilStatus(training.id, "succeeded");
      if (state.status !== "succeeded") throw new Error("it succeeded");
      expect(secondsBetween(state.submittedAt, state.finishedAt)).toBeGreaterThanOrEqual(600);
      await expectInvariants(scene);
    });

    it("gives a training up that the provider has forgotten for long, but not at once", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, time, training: trainingOf } = scene;
      const { training, request } = await submitted();
      provider.forget(request.requestId);
      await time.pass(250);
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect((await untilStatus(training.id, "failed")).state).toMatchObject({ reason: "result_lost" });
      await expectInvariants(scene);
    });

    it("does not take an outage for a lost result", async () => {
      const provider = fakeProvider();
      const scene = await stage(create, { provider: { ...provider, look: () => errAsync(down) } });
      const { submitted, untilStatus } = scene;
      const { training, request } = await submitted();
      provider.forget(request.requestId);
      expect((await untilStatus(training.id, "failed")).state).toMatchObject({ reason: "provider_timeout" });
      await expectInvariants(scene);
    });

    it("takes a result that was missing at first, though the training had finished", async () => {
      const provider = fakeProvider();
      let misses = 3;
      const look: Provider["look"] = (training) =>
        misses-- > 0 ? errAsync({ type: "request-not-found" }) : provider.look(training);
      const scene = await stage(create, { provider: { ...provider, look } });
      const { submitted, deliver, untilStatus, avatar } = scene;
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await deliver(training.id, { type: "finished", requestId: request.requestId });
      await untilStatus(training.id, "succeeded");
      expect((await avatar(training.avatarId))?.state.status).toBe("ready");
      await expectInvariants(scene);
    });

    it("gives an unconfirmed training up right at its deadline, though nobody can look for it", async () => {
      const provider = fakeProvider();
      const scene = await stage(create, {
        provider: { ...provider, find: () => errAsync(down) },
        policy: { pollSeconds: 80 },
      });
      const { ordered, untilStatus } = scene;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      const { deadlineAt = "" } = await untilStatus(id, "unknown");
      const { state } = await untilStatus(id, "failed");
      expect(state).toMatchObject({ reason: "submit_unknown" });
      const late = secondsBetween(deadlineAt, state.status === "failed" ? state.finishedAt : "");
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(2);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(scene);
    });

    it("submits what it finds waiting without a job", async () => {
      const scene = await stage(losingJobs(create, ({ kind }) => kind === "order.submit"));
      const { ordered, likeness, time, untilStatus } = scene;
      const { id, createdAt } = await ordered();
      await time.pass(5);
      await valueOf(likeness.operator.look({ orderId: id }));
      await untilStatus(id, "submitted");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(15);
      await expectInvariants(scene);
    });
  });
}
