import type { OutcomeSource } from "@likeness/core";
import { errAsync, fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeOutcomeSource } from "../fakes/fake-outcome-source.ts";
import type { ProviderReport } from "../fakes/running-request.ts";
import { modelFileBytes } from "../fixtures/model-bytes.ts";
import { brokenStream } from "../streams/streams.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage, type OrderStage } from "./order-stage.ts";
import { expectInvariants, owner, type CreateStorage } from "./stage.ts";
import { mainAlone, urlIn, type TestedKind } from "./tested-kind.ts";

/** The stored time of an order when no work is left. */
async function ranSeconds({ untilFinished }: OrderStage, id: string): Promise<number | undefined> {
  const { state } = await untilFinished(id);
  return state.status === "succeeded" ? state.ranSeconds : -1;
}

export function describeFinishing(create: CreateStorage, kind: TestedKind): void {
  describe("finishing", () => {
    const { mainFile, otherFile } = kind;
    const succeeded = (outcome = kind.outcome()) => ({ type: "succeeded", outcome }) as const;
    const timed = (): ProviderReport => ({ ...succeeded(), ranSeconds: 291.5 });

    it("copies every file, and then tells the owner", async () => {
      const stage = await openOrderStage(create, kind);
      const { id } = await stage.succeeded();
      await stage.untilFinished(id);
      expect([await stage.isCopied(id, mainFile), await stage.isCopied(id, otherFile)]).toStrictEqual([true, true]);
      await stage.untilTold(...kind.told.succeeded("stored"));
      await expectInvariants(stage);
    });

    it("starts a download over that broke off", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, outcomes, isCopied, time } = stage;
      const { order, request } = await submitted();
      const outcome = kind.outcome();
      const url = urlIn(outcome, mainFile);
      outcomes.serve(url, () => brokenStream());
      provider.report(request.requestId, succeeded(outcome));
      await time.until("it was tried", () => outcomes.opened.length > 0);
      outcomes.serve(url, modelFileBytes(url));
      await time.until("it is copied", () => isCopied(order.id));
      expect((await stage.order(order.id)).state.status).toBe("succeeded");
      await expectInvariants(stage);
    });

    it("keeps the main file when only the other one is gone", async () => {
      const outcome = kind.outcome();
      const { open } = fakeOutcomeSource();
      const outcomes: OutcomeSource = {
        open: (file) => (file.url === outcome[otherFile]?.url ? errAsync({ type: "request-not-found" }) : open(file)),
      };
      const stage = await openOrderStage(create, kind, { outcomes, policy: { copyDeadlineSeconds: 100 } });
      const { id } = await stage.succeeded(outcome);
      const { state } = await stage.untilFinished(id);
      expect([state.status, await stage.isCopied(id)]).toStrictEqual(["succeeded", true]);
      await stage.time.pass(60);
      expect(stage.told()).toStrictEqual(kind.told.succeeded("under-way"));
    });

    it("leaves no bytes of an outcome whose avatar was erased while it was copied", async () => {
      const { open } = fakeOutcomeSource();
      let meanwhile = (): Promise<unknown> => Promise.resolve();
      const outcomes: OutcomeSource = {
        open: (file) => fromSafePromise(meanwhile()).andThen(() => open(file)),
      };
      const stage = await openOrderStage(create, kind, { outcomes });
      const { submitted, provider, likeness, blobs, time } = stage;
      const { order, request } = await submitted();
      let erased = false;
      meanwhile = async () => {
        await valueOf(likeness.avatars.erase({ actor: owner, avatarId: order.avatarId }));
        erased = true;
      };
      provider.report(request.requestId, succeeded(mainAlone(kind)));
      await time.until("it is erased", () => erased);
      await time.until("its bytes are gone", () => blobs.blobs.size === 0);
      await time.pass(60);
      expect(blobs.blobs.size).toBe(0);
    });

    it("does not let credits that fail keep the outcome from being copied", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, credits, isCopied, time } = stage;
      const { order, request } = await submitted();
      for (let count = 0; count < 4; count++) credits.failNext("capture");
      provider.report(request.requestId, succeeded());
      await time.until("it is copied", () => isCopied(order.id));
      expect((await stage.order(order.id)).state.status).toBe("succeeded");
      expect(credits.lastOf(order.id)).toBe("reserve");
      await time.until("they are spent", () => credits.lastOf(order.id) === "capture");
    });

    it("keeps how long the provider says that it ran, whether a webhook or a look brought its outcome", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, deliver } = stage;
      const called = await submitted();
      const { requestId } = called.request;
      const outcome = kind.outcome();
      provider.report(requestId, { ...succeeded(outcome), ranSeconds: 291.5 });
      await deliver(called.order.id, { ...succeeded(outcome), requestId });
      expect(await ranSeconds(stage, called.order.id)).toBe(291.5);

      const polled = await submitted();
      provider.report(polled.request.requestId, timed());
      expect(await ranSeconds(stage, polled.order.id)).toBe(291.5);
      await expectInvariants(stage);
    });

    it("takes no time of our own for how long it ran when the answer and the webhook were lost", async () => {
      const stage = await openOrderStage(create, kind);
      const { ordered, provider, untilStatus } = stage;
      const untimed: ProviderReport = succeeded();
      for (const report of [timed(), untimed]) {
        provider.answerNextSubmit("accept-silently", async ({ requestId }) => provider.report(requestId, report));
        const { id } = await ordered();
        const { state } = await untilStatus(id, "succeeded");
        const own = state.status === "succeeded" && Date.parse(state.finishedAt) - Date.parse(state.submittedAt);
        expect(own).toBeLessThan(60_000);
        expect(await ranSeconds(stage, id)).toBe(report.type === "succeeded" ? report.ranSeconds : -1);
      }
      await expectInvariants(stage);
    });

    it("goes on without the time that an order ran when the provider does not tell it", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, isCopied, untilTold } = stage;
      const { order, request } = await submitted();
      const outcome = kind.outcome();
      provider.report(request.requestId, { ...succeeded(outcome), ranSeconds: 291.5 });
      provider.forget(request.requestId);
      await stage.deliver(order.id, { ...succeeded(outcome), requestId: request.requestId });
      expect(await ranSeconds(stage, order.id)).toBeUndefined();
      expect(await isCopied(order.id)).toBe(true);
      await untilTold(...kind.told.succeeded("stored"));
      await expectInvariants(stage);
    });

    it("captures or releases credits again until that works", async () => {
      const stage = await openOrderStage(create, kind);
      const { submitted, provider, credits, time } = stage;
      const { order, request } = await submitted();
      credits.failNext("capture");
      credits.failNext("capture");
      provider.report(request.requestId, succeeded());
      await time.until("they are spent", () => credits.lastOf(order.id) === "capture");
      await expectInvariants(stage);
    });
  });
}
