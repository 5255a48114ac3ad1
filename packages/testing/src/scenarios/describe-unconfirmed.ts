import type { SubmitError } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };

/** A POST that the provider may or may not have accepted. */
export function describeUnconfirmed(create: CreateStorage, kind: TestedKind): void {
  describe("unconfirmed", () => {
    it("finds an order whose answer was lost among others, without a second POST", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, submitted, untilStatus, untilTold } = stage;
      await submitted();
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: provider.requests[1] });
      await untilTold(...kind.told.unconfirmed);
      provider.report(provider.requests[1]?.requestId ?? "", { type: "succeeded", outcome: kind.outcome() });
      await untilStatus(id, "succeeded");
      expect(provider.submissions).toHaveLength(2);
      await expectInvariants(stage);
    });

    it("fails one without any trace at its deadline, having posted once, and it can be placed again", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, untilTold, time } = stage;
      provider.answerNextSubmit(unconfirmed);
      const begun = Date.parse(time.clock.now());
      const { id, avatarId } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "submit_unknown" });
      expect(Date.parse(time.clock.now()) - begun).toBeGreaterThanOrEqual(300_000);
      expect(provider.submissions).toHaveLength(1);
      await untilTold(...kind.told.unconfirmed, ...kind.told.failed("submit_unknown"));
      const again = await valueOf(kind.place(stage, { avatarId }));
      await untilStatus(again.id, "submitted");
      await expectInvariants(stage);
    });

    it("adopts an order whose webhook is the only trace of it", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, deliver } = stage;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await deliver(id, { type: "succeeded", requestId: "r-1", outcome: kind.outcome() });
      expect((await untilStatus(id, "succeeded")).state).toMatchObject({ request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("waits for a webhook alone where the provider cannot search", async () => {
      const provider = fakeProvider();
      const stage = await openOrderStage(create, kind, { provider: { ...provider, find: undefined } });
      const { ordered, untilStatus, deliver, time, order } = stage;
      provider.answerNextSubmit("accept-silently");
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await time.pass(60);
      expect((await order(id)).state.status).toBe("unknown");
      const { requestId = "" } = provider.requests[0] ?? {};
      await deliver(id, { type: "running", requestId });
      await untilStatus(id, "submitted");
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("adopts one whose only trace is a webhook without a result, and fetches that", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, deliver } = stage;
      provider.answerNextSubmit("accept-silently");
      provider.failNext("find", { type: "provider-unavailable", detail: "503" });
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      const { requestId = "" } = provider.requests[0] ?? {};
      provider.report(requestId, { type: "succeeded", outcome: kind.outcome() });
      await deliver(id, { type: "finished", requestId });
      await untilStatus(id, "succeeded");
      await expectInvariants(stage);
    });

    it("takes a webhook that comes before the answer to the POST", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, deliver, untilSettled, order } = stage;
      let orderId = "";
      provider.answerNextSubmit("accept", async ({ requestId }) => {
        orderId = provider.submissions[0]?.order.id ?? "";
        await deliver(orderId, { type: "succeeded", requestId, outcome: kind.outcome() });
        await untilSettled();
      });
      const { id } = await ordered();
      await untilStatus(id, "succeeded");
      expect(id).toBe(orderId);
      expect((await order(id)).state).toMatchObject({ request: { requestId: provider.requests[0]?.requestId } });
      await expectInvariants(stage);
    });
  });
}
