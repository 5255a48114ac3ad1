import type { Provider } from "@likeness/core";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider } from "../fakes/fake-provider.ts";
import type { ProviderReport } from "../fakes/running-request.ts";
import { losingJobs } from "./losing-jobs.ts";
import { openOrderStage } from "./order-stage.ts";
import { withParts } from "./replaced-parts.ts";
import { runJob } from "./run-job.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const down = { type: "provider-unavailable", detail: "503" } as const;

export function describeCancelling(create: CreateStorage, kind: TestedKind): void {
  describe("cancelling", () => {
    it("does not call cancelled what the provider could not be told", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, order: orderOf } = stage;
      const { order } = await submitted();
      provider.failNext("cancel", down);
      expect(await kind.cancel(stage, order)).toStrictEqual(err(down));
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      await expectInvariants(stage);
    });

    it("cancels what the provider does not know any more", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, order: orderOf } = stage;
      const { order, request } = await submitted();
      provider.forget(request.requestId);
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      expect((await orderOf(order.id)).state.status).toBe("cancelled");
      await expectInvariants(stage);
    });

    it("does not call cancelled what the provider knows after all", async () => {
      const provider = fakeProvider();
      let misses = 2;
      const cancelOnce: Provider["cancel"] = (order) =>
        misses-- > 0 ? errAsync({ type: "request-not-found" }) : provider.cancel(order);
      const stage = await openOrderStage(create, kind, { provider: { ...provider, cancel: cancelOnce } });
      const { submitted, order: orderOf, untilStatus } = stage;
      const { order, request } = await submitted();
      expect(await kind.cancel(stage, order)).toMatchObject({ error: { type: "provider-unavailable" } });
      expect((await orderOf(order.id)).state.status).toBe("submitted");
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("too-late"));
      await untilStatus(order.id, "succeeded");
      await expectInvariants(stage);
    });

    it("cancels at the provider what was submitted just when it was cancelled", async () => {
      let afterReading = (): Promise<unknown> => Promise.resolve();
      const waiting = losingJobs(create, ({ kind: job }) => job === "order.submit");
      const stage = await openOrderStage(
        readingSlowly(waiting, () => afterReading()),
        kind,
      );
      const { ordered, provider, order: orderOf } = stage;
      const order = await ordered();
      afterReading = () => {
        afterReading = () => Promise.resolve();
        return runJob(stage, "order.submit", { orderId: order.id });
      };
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      expect((await orderOf(order.id)).state).toMatchObject({ status: "cancelled", request: provider.requests[0] });
      expect(provider.requests).toHaveLength(1);
      expect(provider.calls).toContain("cancel");
      await expectInvariants(stage);
    });

    it("ends at once where the provider cannot stop a request, and keeps the result that comes after it", async () => {
      const provider = fakeProvider();
      const stage = await openOrderStage(create, kind, { provider: { ...provider, cancel: undefined } });
      const { submitted, deliver, untilSettled, order: orderOf } = stage;
      const { order, request } = await submitted();
      const outcome = kind.outcome();
      expect(await kind.cancel(stage, order)).toStrictEqual(ok("cancelled"));
      await deliver(order.id, { type: "succeeded", requestId: request.requestId, outcome });
      await untilSettled();
      expect((await orderOf(order.id)).state).toMatchObject({ status: "cancelled", lateOutcome: outcome });
      await expectInvariants(stage);
    });

    it.each<ProviderReport & { readonly type: "succeeded" | "failed" }>([
      { type: "succeeded", outcome: kind.outcome() },
      { type: "failed", detail: "out of memory" },
    ])("has nothing to cancel once an order has $type", async (report) => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, untilStatus } = stage;
      const { order, request } = await submitted();
      provider.report(request.requestId, report);
      const ended = await untilStatus(order.id, report.type);
      expect(await kind.cancel(stage, order)).toStrictEqual(err(kind.nothingToCancel(ended)));
      expect(provider.calls).not.toContain("cancel");
      await expectInvariants(stage);
    });
  });
}

/** A storage that runs a function between reading an order and the transaction that follows. */
const readingSlowly = (create: CreateStorage, afterReading: () => Promise<unknown>): CreateStorage =>
  withParts(create, ({ orders }) => ({
    orders: {
      ...orders,
      find: (id) => orders.find(id).andThen((found) => fromSafePromise(afterReading()).map(() => found)),
    },
  }));
