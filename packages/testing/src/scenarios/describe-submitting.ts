import type { SubmitError } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const refusals: [string, SubmitError][] = [
  ["422", { type: "submit-refused", status: 422, detail: "steps: must be positive" }],
  ["403 User is locked", { type: "submit-refused", status: 403, detail: "User is locked. Reason: Exhausted balance." }],
];

export function describeSubmitting(create: CreateStorage, kind: TestedKind): void {
  describe("submitting", () => {
    it.each(refusals)("fails for good on %s: one POST, one message, credits back", async (_name, answer) => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, avatar, told, untilTold, credits, time } = stage;
      provider.answerNextSubmit(answer);
      const { id, avatarId } = await ordered();
      const failed = await untilStatus(id, "failed");
      expect(failed.state).toMatchObject({ reason: "rejected", detail: answer.detail });
      expect((await avatar(avatarId))?.state).toStrictEqual(kind.avatar.failed(id, "rejected"));
      await untilTold(...kind.told.failed("rejected"));
      await time.until("the credits are back", () => credits.lastOf(id) === "release");
      await time.pass(120);
      expect(told()).toStrictEqual(kind.told.failed("rejected"));
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("waits as long as a 429 asks, then submits again: one accepted POST", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, time } = stage;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 90 });
      const begun = Date.parse(time.clock.now());
      const { id } = await ordered();
      await untilStatus(id, "submitted");
      expect(Date.parse(time.clock.now()) - begun).toBeGreaterThanOrEqual(90_000);
      expect([provider.submissions.length, provider.requests.length]).toStrictEqual([2, 1]);
      expect(provider.calls.filter((call) => call === "prepare")).toHaveLength(kind.preparations);
      await expectInvariants(stage);
    });

    it("gives up a provider that never takes it, without any doubt about payment", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus } = stage;
      for (let count = 0; count < 20; count++)
        provider.answerNextSubmit({ type: "submit-deferred", detail: "connection refused" });
      const { id } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "provider_unavailable" });
      expect(provider.requests).toStrictEqual([]);
      await expectInvariants(stage);
    });

    it("gives up at the deadline even if it was asked to wait longer", async () => {
      const stage = await openOrderStage(create, kind);
      const { provider, ordered, untilStatus, time } = stage;
      provider.answerNextSubmit({ type: "submit-deferred", detail: "429", retryAfterSeconds: 3_000 });
      const begun = Date.parse(time.clock.now());
      const { id } = await ordered();
      expect((await untilStatus(id, "failed")).state).toMatchObject({ reason: "provider_unavailable" });
      expect(Date.parse(time.clock.now()) - begun).toBeLessThan(320_000);
    });
  });
}
