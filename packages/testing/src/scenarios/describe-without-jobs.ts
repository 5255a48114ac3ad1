import { describe, expect, it } from "vitest";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { losingJobs } from "./losing-jobs.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** Every job of a transaction is lost, so that the sweeper has to find each row. */
export function describeWithoutJobs(create: CreateStorage, kind: TestedKind): void {
  describe("without jobs", () => {
    it("brings everything to its end", async () => {
      const stage = await openOrderStage(
        losingJobs(create, () => true),
        kind,
      );
      const { draft, likeness, store, time, photoSource, provider, untilStatus, deliver, untilTold, credits } = stage;
      const { id: avatarId } = await draft(2);
      const reference = photoSource.offer("third", photoBytes());
      const { id: photoId } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      await time.until("the photo is inspected", async () => {
        return (await valueOf(store.photos.find(photoId)))?.state.status === "accepted";
      });

      const { id } = await valueOf(kind.place(stage, { avatarId }));
      await untilStatus(id, "submitted");
      const { requestId = "" } = provider.requests[0] ?? {};
      await deliver(id, { type: "succeeded", requestId, outcome: kind.outcome() });
      await untilStatus(id, "succeeded");
      await untilTold(...kind.told.succeeded("stored"));
      await time.until("the credits are spent", () => credits.lastOf(id) === "capture");
      await stage.untilFinished(id);
      expect(await stage.isCopied(id)).toBe(true);
      await stage.untilSettled();
      await expectInvariants(stage);
    });
  });
}
