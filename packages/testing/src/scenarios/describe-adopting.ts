import type { SubmitError, OrderEvent } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { openOrderStage } from "./order-stage.ts";
import { alarmsOf, expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const unconfirmed: SubmitError = { type: "submit-unconfirmed", detail: "status 500" };
const deferred: SubmitError = { type: "submit-deferred", detail: "429", retryAfterSeconds: 60 };

const running: OrderEvent = { type: "running", requestId: "r-1", percent: 5 };
const progress: OrderEvent[] = [{ type: "queued", requestId: "r-1", position: 2 }, running];

/** Events that arrive before the order's row says that the provider has accepted it. */
export function describeAdopting(create: CreateStorage, kind: TestedKind): void {
  describe("adopting", () => {
    it("takes news of what it was told to send later as proof, and does not send it again", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilPutOff, untilStatus, deliver, time, order } = stage;
      provider.answerNextSubmit(deferred);
      const { id } = await ordered();
      await untilPutOff(id);
      await deliver(id, running);
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: { requestId: "r-1" } });
      await time.pass(120);
      expect((await order(id)).state.status).toBe("submitted");
      expect(provider.submissions).toHaveLength(1);
      expect(alarmsOf(stage)).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it.each(progress)("adopts an order of which $type is the only trace", async (event) => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, deliver } = stage;
      provider.answerNextSubmit(unconfirmed);
      const { id } = await ordered();
      await untilStatus(id, "unknown");
      await deliver(id, event);
      expect((await untilStatus(id, "submitted")).state).toMatchObject({ request: { requestId: "r-1" } });
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });
  });
}
