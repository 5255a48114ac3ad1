import { secondsBetween, type SubmitError, type Provider } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const down = { type: "provider-unavailable", detail: "503" } as const;
const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };

/** What is given up at its deadline, and what is not. */
export function describeLastLooks(create: CreateStorage, kind: TestedKind): void {
  describe("last looks", () => {
    it("takes a result at the deadline of an order that could not be looked at before", async () => {
      const provider = fakeProvider();
      const look: Provider["look"] = (order) =>
        provider.calls.includes("cancel") ? provider.look(order) : errAsync(down);
      const stage = await openOrderStage(create, kind, { provider: { ...provider, look } });
      const { submitted, untilStatus } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      const { state } = await untilStatus(order.id, "succeeded");
      if (state.status !== "succeeded") throw new Error("it succeeded");
      expect(secondsBetween(state.submittedAt, state.finishedAt)).toBeGreaterThanOrEqual(kind.deadlineSeconds);
      await expectInvariants(stage);
    });

    it("gives an order up that the provider has forgotten for long, but not at once", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, untilStatus, time, order: orderOf } = stage;
      const { order, request } = await submitted();
      provider.forget(request.requestId);
      await time.pass(250);
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      expect((await untilStatus(order.id, "failed")).state).toMatchObject({ reason: "result_lost" });
      await expectInvariants(stage);
    });

    it("does not take an outage for a lost result", async () => {
      const provider = fakeProvider();
      const stage = await openOrderStage(create, kind, { provider: { ...provider, look: () => errAsync(down) } });
      const { submitted, untilStatus } = stage;
      const { order, request } = await submitted();
      provider.forget(request.requestId);
      expect((await untilStatus(order.id, "failed")).state).toMatchObject({ reason: "provider_timeout" });
      await expectInvariants(stage);
    });

    it("takes a result that was missing at first, though the order had finished", async () => {
      const provider = fakeProvider();
      let misses = 3;
      const look: Provider["look"] = (order) =>
        misses-- > 0 ? errAsync({ type: "request-not-found" }) : provider.look(order);
      const stage = await openOrderStage(create, kind, { provider: { ...provider, look } });
      const { submitted, deliver, untilStatus, avatar } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await deliver(order.id, { type: "finished", requestId: request.requestId });
      await untilStatus(order.id, "succeeded");
      expect((await avatar(order.avatarId))?.state).toStrictEqual(kind.avatar.succeeded(order.id));
      await expectInvariants(stage);
    });

    it("gives an unconfirmed order up right at its deadline, though it cannot be looked for", async () => {
      const provider = fakeProvider();
      const stage = await openOrderStage(create, kind, {
        provider: { ...provider, find: () => errAsync(down) },
        policy: { pollSeconds: 80 },
      });
      const { ordered, untilStatus } = stage;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      const { deadlineAt = "" } = await untilStatus(id, "unknown");
      const { state } = await untilStatus(id, "failed");
      expect(state).toMatchObject({ reason: "submit_unknown" });
      const late = secondsBetween(deadlineAt, state.status === "failed" ? state.finishedAt : "");
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(2);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("submits what it finds waiting without a job", async () => {
      const stage = await openOrderStage(
        losingJobs(create, ({ kind: job }) => job === "order.submit"),
        kind,
      );
      const { ordered, likeness, time, untilStatus } = stage;
      const { id, createdAt } = await ordered();
      await time.pass(5);
      await valueOf(likeness.operator.look({ operator: "olga", orderId: id }));
      await untilStatus(id, "submitted");
      expect(secondsBetween(createdAt, time.clock.now())).toBeLessThan(15);
      await expectInvariants(stage);
    });
  });
}
