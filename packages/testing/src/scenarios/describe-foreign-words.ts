import type { OrderEvent } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { expectInvariants, stage, type CreateStorage } from "./stage.ts";

const detail = "CUDA\u0000 error \ud83d at the layer\n\u001b[31mlora_down";

/** Texts of the provider are stored and passed on, with any characters in them. */
export function describeForeignWords(create: CreateStorage): void {
  describe("a failure in words that no database takes", () => {
    it.each(["webhook", "poll"])("is told at once when it comes by %s", async (way) => {
      const scene = await stage(create);
      const { submitted, provider, deliver, time, notifier, training: trainingOf } = scene;
      const { training, request } = await submitted();
      const failed = { type: "failed", requestId: request.requestId, detail } satisfies OrderEvent;
      if (way === "webhook") await deliver(training.id, failed);
      else provider.report(request.requestId, { type: "failed", detail });
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toMatchObject({ template: "training-failed", reason: "provider_error" });
      expect((await trainingOf(training.id)).state).toMatchObject({
        status: "failed",
        detail: "CUDA error \uFFFD at the layer [31mlora_down",
      });
      await expectInvariants(scene);
    });
  });
}
