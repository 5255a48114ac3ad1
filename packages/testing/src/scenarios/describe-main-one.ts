import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { stage, type CreateStorage } from "./stage.ts";

export function describeMainOne(create: CreateStorage): void {
  describe("the main one", () => {
    it("makes the first avatar that is ready its owner's main one, and no other", async () => {
      const scene = await stage(create);
      const { submitted, provider, untilStatus, avatar, notifier, time } = scene;
      const succeeded = async () => {
        const { training, request } = await submitted();
        provider.report(request.requestId, { type: "succeeded", model: aModel() });
        return untilStatus(training.id, "succeeded");
      };
      const failing = await submitted();
      provider.report(failing.request.requestId, { type: "failed", detail: "out of memory" });
      const failed = await untilStatus(failing.training.id, "failed");
      await time.pass(4);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-failed"]);
      const first = await succeeded();
      const second = await succeeded();
      const main = [failed, first, second].map(async ({ avatarId }) => (await avatar(avatarId))?.main);
      expect(await Promise.all(main)).toStrictEqual([false, true, false]);
      expect([failed, first, second].map(({ deadlineAt }) => deadlineAt)).toStrictEqual(Array(3).fill(undefined));
    });
  });
}
