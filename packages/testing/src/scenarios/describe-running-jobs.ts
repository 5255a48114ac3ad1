import type { Json, PhotoSource } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { runJob } from "./run-job.ts";
import { owner, openStage, type CreateStorage } from "./stage.ts";

export function describeRunningJobs(create: CreateStorage): void {
  describe("running jobs", () => {
    it.each<Json>([null, [], {}, { orderId: 1 }])("gives a job with the payload %j up at once", async (payload) => {
      const stage = await openStage(create);
      expect(await runJob(stage, "order.submit", payload)).toMatchObject({
        error: { type: "job-failure", permanent: true, cause: "order.submit without orderId" },
      });
    });

    it("lets a fetch be aborted with its job", async () => {
      const signals: AbortSignal[] = [];
      const photoSource: PhotoSource = {
        fetch: (_reference, signal) => {
          signals.push(signal);
          return errAsync({ type: "source-unavailable", detail: "429", retryAfterSeconds: 3_000 });
        },
      };
      const stage = await openStage(create, { photoSource });
      const { likeness, draft, photoSource: files } = stage;
      await valueOf(likeness.stop({ graceMs: 0 }));
      const { id: avatarId } = await draft(0);
      const reference = files.offer("file", photoBytes());
      const { id: photoId } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      const { signal } = new AbortController();
      await runJob(stage, "photo.inspect", { photoId }, signal);
      expect(signals).toHaveLength(1);
      expect(signals[0]).toBe(signal);
    });
  });
}
