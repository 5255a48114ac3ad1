import type { Job, Json, PhotoSource, OrderEvent, OrderStatus } from "@likeness/core";
import { errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { aTraining } from "../fixtures/training.ts";
import { valueOf } from "../results/value-of.ts";
import { runJob } from "./run-job.ts";
import { owner, stage, type CreateStorage } from "./stage.ts";

/** A storage that records and drops the jobs that are enqueued outside of transactions, as the sweeper's are. */
const notingJobs =
  (create: CreateStorage, noted: Job[]): CreateStorage =>
  async (clock) => {
    const { store, queue } = await create(clock);
    const jobs = {
      enqueue: (job: Job) => {
        noted.push(job);
        return okAsync(undefined);
      },
    };
    return { queue, store: { ...store, jobs } };
  };

const looks: readonly [OrderStatus, string][] = [
  ["requested", "order.submit"],
  ["submitting", "order.poll"],
  ["submitted", "order.poll"],
  ["unknown", "order.poll"],
  ["succeeded", "order.finish"],
  ["failed", "order.finish"],
  ["cancelled", "order.finish"],
];

export function describeNudging(create: CreateStorage): void {
  describe("nudging", () => {
    it.each(looks)("looks at a training that is %s when it is overdue, with %s", async (status, kind) => {
      const noted: Job[] = [];
      const { likeness, store, draft, time } = await stage(notingJobs(create, noted));
      await valueOf(likeness.stop({ graceMs: 0 }));
      const { id: avatarId } = await draft(0);
      const training = aTraining(status, { avatarId, nextCheckAt: time.clock.now() });
      await valueOf(store.orders.save(training));
      await time.pass(59);
      expect(await likeness.operator.sweep()).toStrictEqual(ok({ nudged: 0 }));
      await time.pass(2);
      expect(await likeness.operator.sweep()).toStrictEqual(ok({ nudged: 1 }));
      expect(noted).toStrictEqual([{ kind, key: training.id, payload: { orderId: training.id } }]);
    });

    it("knows a delivery again for as long as settled ones are kept, and no longer", async () => {
      const { submitted, deliver, untilStatus, untilSettled, likeness, time } = await stage(create, {
        policy: { inboxRetentionSeconds: 200 },
      });
      const { training, request } = await submitted();
      const event: OrderEvent = { type: "succeeded", requestId: request.requestId, outcome: aModel() };
      expect(await deliver(training.id, event)).toStrictEqual(ok({ stored: "new" }));
      await untilStatus(training.id, "succeeded");
      await untilSettled();
      await time.pass(190);
      await valueOf(likeness.operator.sweep());
      expect(await deliver(training.id, event)).toStrictEqual(ok({ stored: "known" }));
      await time.pass(20);
      await valueOf(likeness.operator.sweep());
      expect(await deliver(training.id, event)).toStrictEqual(ok({ stored: "new" }));
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
      const { likeness, time } = await stage(noting);
      await time.pass(130);
      expect(enqueued).toStrictEqual(["sweep", "sweep", "sweep"]);
      await valueOf(likeness.stop({ graceMs: 0 }));
      await time.pass(130);
      expect(enqueued).toHaveLength(3);
    });
  });

  describe("running jobs", () => {
    it.each<Json>([null, [], {}, { orderId: 1 }])("gives a job with the payload %j up at once", async (payload) => {
      const scene = await stage(create);
      expect(await runJob(scene, "order.submit", payload)).toMatchObject({
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
      const scene = await stage(create, { photoSource });
      const { likeness, draft, photoSource: files } = scene;
      await valueOf(likeness.stop({ graceMs: 0 }));
      const { id: avatarId } = await draft(0);
      const reference = files.offer("file", photoBytes());
      const { id: photoId } = await valueOf(likeness.photos.submit({ actor: owner, avatarId, reference }));
      const { signal } = new AbortController();
      await runJob(scene, "photo.inspect", { photoId }, signal);
      expect(signals).toHaveLength(1);
      expect(signals[0]).toBe(signal);
    });
  });
}
