import { addSeconds, outcomeIn, type Credits, type OutcomeSource } from "@likeness/core";
import { errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeOutcomeSource } from "../fakes/fake-outcome-source.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { modelFileBytes } from "../fixtures/model-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { idsIn } from "./expect-ids.ts";
import { openOrderStage } from "./order-stage.ts";
import { runJob } from "./run-job.ts";
import type { CreateStorage } from "./stage.ts";
import { mainAlone, urlIn, type TestedKind } from "./tested-kind.ts";

const unavailable = { type: "provider-unavailable", detail: "503" } as const;

export function describeCopying(create: CreateStorage, kind: TestedKind): void {
  describe("copying", () => {
    const { mainFile, otherFile } = kind;

    it("tells the owner as soon as the outcome is copied", async () => {
      const stage = await openOrderStage(create, kind);
      await stage.succeeded();
      await stage.time.pass(9);
      expect(stage.told()).toStrictEqual(kind.told.succeeded("stored"));
    });

    it("does nothing once more for what is finished", async () => {
      const stage = await openOrderStage(create, kind);
      const { credits, outcomes, time } = stage;
      const { id: orderId } = await stage.succeeded();
      await time.pass(9);
      expect(await runJob(stage, "order.finish", { orderId })).toStrictEqual(ok({ type: "done" }));
      await time.pass(120);
      expect(credits.calls.map(({ method }) => method)).toStrictEqual(["reserve", "capture"]);
      expect(outcomes.opened).toHaveLength(2);
    });

    it("leaves a long download to the worker that is at it", async () => {
      const gate = closedGate();
      const inner = fakeOutcomeSource();
      let opened = 0;
      const outcomes: OutcomeSource = {
        open: (file) => {
          opened++;
          return fromSafePromise(gate.passed).andThen(() => inner.open(file));
        },
      };
      const stage = await openOrderStage(create, kind, { outcomes });
      await stage.succeeded(mainAlone(kind));
      await stage.time.pass(200);
      expect(opened).toBe(1);
      gate.open();
      await stage.time.pass(5);
      expect(opened).toBe(1);
    });

    it("tries ever more rarely, and at least every hour", async () => {
      let opened = 0;
      const outcomes: OutcomeSource = {
        open: () => {
          opened++;
          return errAsync(unavailable);
        },
      };
      const stage = await openOrderStage(create, kind, { outcomes, policy: { copyDeadlineSeconds: 7 * 86_400 } });
      const { id: orderId } = await stage.succeeded(mainAlone(kind));
      await stage.time.pass(600);
      expect(opened).toBeGreaterThanOrEqual(8);
      expect(opened).toBeLessThanOrEqual(16);

      const { store, time } = stage;
      const order = await stage.order(orderId);
      expect(order.state.status).toBe("succeeded");
      const deadlineAt = addSeconds(time.clock.now(), 6 * 86_400);
      await valueOf(store.orders.save({ ...order, deadlineAt }));
      expect(await runJob(stage, "order.finish", { orderId })).toStrictEqual(
        ok({ type: "again", at: addSeconds(time.clock.now(), 3_600) }),
      );
    });

    it("copies a result that comes while its failure is being finished", async () => {
      const gate = closedGate();
      const inner = recordingCredits();
      const credits: Credits = {
        ...inner,
        release: (id) => fromSafePromise(gate.passed).andThen(() => inner.release(id)),
      };
      const stage = await openOrderStage(create, kind, { credits });
      const { submitted, deliver, untilStatus, untilSettled, time, isCopied } = stage;
      const { order, request } = await submitted();
      const { requestId } = request;
      await deliver(order.id, { type: "failed", requestId, detail: "out of memory" });
      await untilStatus(order.id, "failed");
      await time.pass(1);
      await deliver(order.id, { type: "succeeded", requestId, outcome: kind.outcome() });
      await untilSettled();
      gate.open();
      await time.pass(5);
      const { state, nextCheckAt } = await stage.order(order.id);
      expect([state.status, await isCopied(order.id), nextCheckAt]).toStrictEqual(["failed", true, undefined]);
    });

    it("fetches only what is missing, each time", async () => {
      const stage = await openOrderStage(create, kind);
      const outcome = kind.outcome();
      const [main, other] = [urlIn(outcome, mainFile), urlIn(outcome, otherFile)];
      stage.outcomes.failNext(unavailable);
      await stage.succeeded(outcome);
      await stage.time.pass(60);
      expect(stage.outcomes.opened).toStrictEqual([main, other, main]);
    });

    it.each([
      { type: "provider-refused", status: 403, detail: "status 403" },
      { type: "request-not-found" },
      unavailable,
    ] as const)("asks again for a file after $type, and does not say meanwhile that it is saved", async (error) => {
      const stage = await openOrderStage(create, kind, { policy: { copyWaitSeconds: 2 } });
      const { outcomes, time, told, untilTold, log, isCopied } = stage;
      for (let count = 0; count < 3; count++) outcomes.failNext(error);
      const { id } = await stage.succeeded(mainAlone(kind));
      await untilTold(...kind.told.succeeded("under-way"));
      await time.until("it is copied", () => isCopied(id));
      const { nextCheckAt, deadlineAt } = await stage.order(id);
      expect([nextCheckAt, deadlineAt]).toStrictEqual([undefined, undefined]);
      expect(log.entries).toContainEqual({
        level: "warn",
        fields: { ...idsIn(await stage.order(id)), file: mainFile, error },
        message: "a file of an outcome could not be copied yet",
      });
      expect(stage.alarmsAboutCopies()).toStrictEqual([]);
      await time.pass(120);
      expect(told()).toStrictEqual(kind.told.succeeded("under-way"));
    });

    it("keeps nothing of a file that is empty, and asks again", async () => {
      const stage = await openOrderStage(create, kind);
      const { outcomes, time, blobs, log, told } = stage;
      const outcome = mainAlone(kind);
      const url = urlIn(outcome, mainFile);
      outcomes.serve(url, new Uint8Array());
      const { id } = await stage.succeeded({ [mainFile]: { url } });
      await time.until("it was tried twice", () => outcomes.opened.length === 2);
      expect(blobs.blobs.size).toBe(kind.photos);
      expect(log.entries).toContainEqual(
        expect.objectContaining({ fields: expect.objectContaining({ file: mainFile, error: wrongContent }) }),
      );
      outcomes.serve(url, modelFileBytes(url));
      await time.until("it is copied", () => stage.isCopied(id));
      const key = outcomeIn((await stage.order(id)).state)?.[mainFile]?.blobKey ?? "";
      expect(blobs.blobs.get(key)).toStrictEqual(modelFileBytes(url));
      await time.pass(10);
      expect(told()).toStrictEqual(kind.told.succeeded("stored"));
    });
  });
}

const wrongContent: unknown = expect.objectContaining({ type: "wrong-content" });
