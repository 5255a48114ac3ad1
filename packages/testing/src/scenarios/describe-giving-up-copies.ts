import type { OutcomeSource } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { idsIn } from "./expect-ids.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import { urlIn, type TestedKind } from "./tested-kind.ts";

const deadline = { policy: { copyDeadlineSeconds: 120, copyWaitSeconds: 2 } };

const endingWith = (error: Error) => new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(error) });

export function describeGivingUpCopies(create: CreateStorage, kind: TestedKind): void {
  describe("giving a copy up", () => {
    const { mainFile, otherFile } = kind;

    it.each([
      { type: "provider-refused", status: 404, detail: "status 404" },
      { type: "request-not-found" },
      { type: "provider-unavailable", detail: "503" },
    ] as const)("sounds one alarm at the deadline of $type and tells the owner once", async (error) => {
      const outcomes: OutcomeSource = { open: () => errAsync(error) };
      const stage = await openOrderStage(create, kind, { ...deadline, outcomes });
      const { id, avatarId } = await stage.succeeded();
      const given = await stage.untilFinished(id);
      expect(given.state).toMatchObject({ outcome: { [mainFile]: { givenUp: true }, [otherFile]: { givenUp: true } } });
      const files = [
        { file: mainFile, error },
        { file: otherFile, error },
      ];
      expect(stage.alarmsAboutCopies()).toStrictEqual([{ ...idsIn(given), files }]);
      await stage.time.pass(200);
      expect(stage.told()).toStrictEqual([...kind.told.succeeded("under-way"), ...kind.told.unsaved]);
      expect(stage.alarmsAboutCopies()).toHaveLength(1);
      expect((await stage.avatar(avatarId))?.state).toStrictEqual(kind.avatar.succeeded(id));
      await expectInvariants(stage);
    });

    it("goes on for as long as it is our own blobs that fail", async () => {
      const stage = await openOrderStage(create, kind, deadline);
      const { time, blobs, submitted, provider, untilStatus, isCopied } = stage;
      const { order, request } = await submitted();
      blobs.setDown(true);
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await untilStatus(order.id, "succeeded");
      await time.pass(300);
      expect(stage.alarmsAboutCopies()).toStrictEqual([]);
      blobs.setDown(false);
      await time.until("it is copied", () => isCopied(order.id));
    });

    it.each(["at once", "while it is read"])("asks no more for a file that is too large, told %s", async (when) => {
      const stage = await openOrderStage(create, kind);
      const { outcomes, time, told, untilTold } = stage;
      const error = { type: "file-too-large", maximum: 10 } as const;
      const outcome = kind.outcome();
      const [main, other] = [urlIn(outcome, mainFile), urlIn(outcome, otherFile)];
      if (when === "at once") outcomes.failNext(error);
      else outcomes.serve(main, () => endingWith(Object.assign(new Error("too large"), error)));
      const { id } = await stage.succeeded(outcome);
      const given = await stage.untilFinished(id);
      await untilTold(...kind.told.succeeded("given-up"));
      expect(stage.alarmsAboutCopies()).toStrictEqual([{ ...idsIn(given), files: [{ file: mainFile, error }] }]);
      await time.pass(200);
      expect(outcomes.opened).toStrictEqual([main, other]);
      expect(told()).toStrictEqual(kind.told.succeeded("given-up"));
      const { nextCheckAt, deadlineAt } = await stage.order(id);
      expect([nextCheckAt, deadlineAt]).toStrictEqual([undefined, undefined]);
    });

    it("gives a late result its own time", async () => {
      const outcomes: OutcomeSource = { open: () => errAsync({ type: "request-not-found" }) };
      const stage = await openOrderStage(create, kind, { ...deadline, outcomes });
      const { submitted, deliver, untilStatus, untilSettled, untilFinished, time, told } = stage;
      const { order, request } = await submitted();
      await deliver(order.id, { type: "failed", requestId: request.requestId, detail: "out of memory" });
      await untilStatus(order.id, "failed");
      await time.pass(100);
      await deliver(order.id, { type: "succeeded", requestId: request.requestId, outcome: kind.outcome() });
      await untilSettled();
      await time.pass(60);
      expect((await stage.order(order.id)).nextCheckAt).toBeDefined();
      await untilFinished(order.id);
      await time.pass(60);
      expect(stage.alarmsAboutCopies()).toHaveLength(1);
      expect(told()).toStrictEqual(kind.told.failed("provider_error"));
    });
  });
}
