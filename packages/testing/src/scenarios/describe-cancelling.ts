import type { Training, Provider } from "@likeness/core";
import { err, errAsync, fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeProvider } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, owner, stage, type CreateStorage, type Stage } from "./stage.ts";

const down = { type: "provider-unavailable", detail: "503" } as const;

const cancel = ({ likeness }: Stage, { avatarId }: Training) => likeness.trainings.cancel({ actor: owner, avatarId });

export function describeCancelling(create: CreateStorage): void {
  describe("cancelling", () => {
    it("does not call cancelled what the provider could not be told", async () => {
      const scene = await stage(create);
      const { submitted, provider, training: trainingOf } = scene;
      const { training } = await submitted();
      provider.failNext("cancel", down);
      expect(await cancel(scene, training)).toStrictEqual(err(down));
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      expect(await valueOf(cancel(scene, training))).toMatchObject({ type: "cancelled" });
      await expectInvariants(scene);
    });

    it("cancels what the provider does not know any more", async () => {
      const scene = await stage(create);
      const { submitted, provider, training: trainingOf } = scene;
      const { training, request } = await submitted();
      provider.forget(request.requestId);
      expect(await valueOf(cancel(scene, training))).toMatchObject({ type: "cancelled" });
      expect((await trainingOf(training.id)).state.status).toBe("cancelled");
      await expectInvariants(scene);
    });

    it("does not call cancelled what the provider knows after all", async () => {
      const provider = fakeProvider();
      let misses = 2;
      const cancelOnce: Provider["cancel"] = (training) =>
        misses-- > 0 ? errAsync({ type: "request-not-found" }) : provider.cancel(training);
      const scene = await stage(create, { provider: { ...provider, cancel: cancelOnce } });
      const { submitted, training: trainingOf, untilStatus } = scene;
      const { training, request } = await submitted();
      expect(await cancel(scene, training)).toMatchObject({ error: { type: "provider-unavailable" } });
      expect((await trainingOf(training.id)).state.status).toBe("submitted");
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      expect(await valueOf(cancel(scene, training))).toMatchObject({ type: "too-late" });
      await untilStatus(training.id, "succeeded");
      await expectInvariants(scene);
    });

    it("cancels at the provider what was submitted just when it was cancelled", async () => {
      const upload = closedGate();
      const provider = fakeProvider();
      const held: Provider = {
        ...provider,
        prepare: (order, archive) => fromSafePromise(upload.passed).andThen(() => provider.prepare(order, archive)),
      };
      let afterReading = (): Promise<unknown> => Promise.resolve();
      const scene = await stage(
        readingSlowly(create, () => afterReading()),
        { provider: held },
      );
      const { ordered, untilStatus, training: trainingOf } = scene;
      const training = await ordered();
      afterReading = () => {
        afterReading = () => Promise.resolve();
        upload.open();
        return untilStatus(training.id, "submitted");
      };
      expect(await valueOf(cancel(scene, training))).toMatchObject({ type: "cancelled" });
      expect((await trainingOf(training.id)).state).toMatchObject({
        status: "cancelled",
        request: provider.requests[0],
      });
      expect(provider.calls).toContain("cancel");
      await expectInvariants(scene);
    });

    it("ends at once where the provider cannot stop a request, and keeps the result that comes after it", async () => {
      const provider = fakeProvider();
      const scene = await stage(create, { provider: { ...provider, cancel: undefined } });
      const { submitted, deliver, untilSettled, training: trainingOf } = scene;
      const { training, request } = await submitted();
      expect(await valueOf(cancel(scene, training))).toMatchObject({ type: "cancelled" });
      await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await untilSettled();
      expect((await trainingOf(training.id)).state).toMatchObject({
        status: "cancelled",
        lateOutcome: { weights: expect.anything() },
      });
      await expectInvariants(scene);
    });

    it.each([{ type: "succeeded", outcome: aModel() } as const, { type: "failed", detail: "out of memory" } as const])(
      "has nothing to cancel once a training has $type",
      async (report) => {
        const scene = await stage(create);
        const { submitted, provider, untilStatus } = scene;
        const { training, request } = await submitted();
        provider.report(request.requestId, report);
        await untilStatus(training.id, report.type);
        expect(await cancel(scene, training)).toStrictEqual(err({ type: "no-training", avatarId: training.avatarId }));
        expect(provider.calls).not.toContain("cancel");
        await expectInvariants(scene);
      },
    );
  });
}

/** A storage that runs a function between reading a training and the transaction that follows. */
const readingSlowly =
  (create: CreateStorage, afterReading: () => Promise<unknown>): CreateStorage =>
  async (clock) => {
    const { store, queue } = await create(clock);
    const find: typeof store.orders.find = (id) =>
      store.orders.find(id).andThen((found) => fromSafePromise(afterReading()).map(() => found));
    return { queue, store: { ...store, orders: { ...store.orders, find } } };
  };
