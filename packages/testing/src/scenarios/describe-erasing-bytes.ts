import { outcomeIn, type BlobFailure, type BlobStore } from "@likeness/core";
import { ok, ResultAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** No bytes of an erased order stay, and none that others need go. */
export function describeErasingBytes(create: CreateStorage, kind: TestedKind): void {
  describe("erasing bytes", () => {
    const { photos, mainFile, otherFile } = kind;

    it("leaves none of photos and outcome, and does not capture or release credits again", async () => {
      const stage = await openOrderStage(create, kind);
      const { finished, erase, credits, time, blobs } = stage;
      const order = await finished();
      const before = credits.calls.length;
      expect(blobs.blobs.size).toBe(photos + 2);
      await valueOf(erase(order));
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await time.pass(30);
      expect(credits.calls).toHaveLength(before);
      await expectInvariants(stage);
    });

    it("leaves none of an outcome that came after the order was cancelled", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, erase, deliver, order: orderOf, untilFinished, time, blobs } = stage;
      const { order, request } = await submitted();
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      await deliver(order.id, { type: "succeeded", requestId: request.requestId, outcome: kind.outcome() });
      await time.until("it is kept", async () => "lateOutcome" in (await orderOf(order.id)).state);
      await untilFinished(order.id);
      expect(blobs.blobs.size).toBe(photos + 2);
      await valueOf(erase(order));
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await expectInvariants(stage);
    });

    it("leaves none of a file whose process died before it wrote the row", async () => {
      const inner = memoryBlobStore();
      const never = () => new ResultAsync<string, BlobFailure>(new Promise(() => undefined));
      const blobs: BlobStore = {
        ...inner,
        put: (content, announce) =>
          content instanceof Uint8Array ? inner.put(content, announce) : inner.put(content, announce).andThen(never),
      };
      const stage = await openOrderStage(create, kind, { blobs });
      const { submitted, erase, provider, time, store } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await time.until("its bytes are there", () => inner.blobs.size > photos);
      await valueOf(erase(order));
      await time.until("no bytes are left", () => inner.blobs.size === 0);
      await time.pass(60);
      expect(inner.blobs.size).toBe(0);
      expect(await valueOf(store.avatars.find(order.avatarId))).toBeUndefined();
    });

    it("keeps those of an outcome that another avatar has as well", async () => {
      const stage = await openOrderStage(create, kind);
      const { finished, erase, time, blobs } = stage;
      const outcome = kind.outcome();
      const first = await finished(outcome);
      const second = await finished(outcome);
      expect(blobs.blobs.size).toBe(2 * photos + 2);
      await valueOf(erase(first));
      await time.until("the photos are gone", () => blobs.blobs.size <= photos + 2);
      await time.pass(5);
      expect(blobs.blobs.size).toBe(photos + 2);
      const kept = [mainFile, otherFile].map((file) => outcomeIn(second.state)?.[file]?.blobKey ?? "");
      expect(kept.map((key) => blobs.blobs.has(key))).toStrictEqual([true, true]);
      await expectInvariants(stage);
    });
  });
}
