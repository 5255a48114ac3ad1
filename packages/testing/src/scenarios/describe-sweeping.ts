import { describe, expect, it } from "vitest";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { owner, openStage, type CreateStorage } from "./stage.ts";

export function describeSweeping(create: CreateStorage): void {
  describe("sweeping", () => {
    it("looks once a sweep at a photo that cannot be fetched, and piles up no retries", async () => {
      const { draft, likeness, time, photoSource } = await openStage(create);
      const { id: avatarId } = await draft(2);
      for (let failures = 0; failures < 1_000; failures += 1)
        photoSource.failNext({ type: "source-unavailable", detail: "down" });
      await valueOf(
        likeness.photos.submit({ actor: owner, avatarId, reference: photoSource.offer("a", photoBytes()) }),
      );
      await time.pass(600);
      const soFar = photoSource.fetched.length;
      await time.pass(600);
      // One sweep a minute, plus the remaining retries of the first job.
      expect(photoSource.fetched.length - soFar).toBeGreaterThanOrEqual(9);
      expect(photoSource.fetched.length - soFar).toBeLessThanOrEqual(15);
    });

    it("nudges nothing when nothing is overdue", async () => {
      const { likeness, time } = await openStage(create);
      await time.pass(200);
      expect(await valueOf(likeness.operator.sweep())).toStrictEqual({ nudged: 0 });
    });

    it("ends when Likeness is stopped", async () => {
      const enqueued: string[] = [];
      const noting: CreateStorage = async (clock) => {
        const { store, queue } = await create(clock);
        return {
          store,
          queue: {
            ...queue,
            enqueue: (job) => {
              enqueued.push(job.kind);
              return queue.enqueue(job);
            },
          },
        };
      };
      const { likeness, time } = await openStage(noting);
      await time.pass(130);
      expect(enqueued).toStrictEqual(["sweep", "sweep", "sweep"]);
      await valueOf(likeness.stop({ graceMs: 0 }));
      await time.pass(130);
      expect(enqueued).toHaveLength(3);
    });
  });
}
