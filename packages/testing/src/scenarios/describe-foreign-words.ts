import type { OrderEvent } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const detail = "CUDA\u0000 error \ud83d at the layer\n\u001b[31mlora_down";

/** Texts of the provider are stored and passed on, with any characters in them. */
export function describeForeignWords(create: CreateStorage, kind: TestedKind): void {
  describe("a failure in words that no database takes", () => {
    it.each(["webhook", "poll"])("is told at once when it comes by %s", async (way) => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, deliver, untilStatus, untilTold } = stage;
      const { order, request } = await submitted();
      const failed = { type: "failed", requestId: request.requestId, detail } satisfies OrderEvent;
      if (way === "webhook") await deliver(order.id, failed);
      else provider.report(request.requestId, { type: "failed", detail });
      expect((await untilStatus(order.id, "failed")).state).toMatchObject({
        reason: "provider_error",
        detail: "CUDA error \uFFFD at the layer [31mlora_down",
      });
      await untilTold(...kind.told.failed("provider_error"));
      await expectInvariants(stage);
    });
  });
}
