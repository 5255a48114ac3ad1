import type { ModelSource } from "@likeness/core";
import { errAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { idsIn } from "./expect-ids.ts";
import { orderStage } from "./order-stage.ts";
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
      const models: ModelSource = { open: () => errAsync(error) };
      const scene = await orderStage(create, kind, { ...deadline, models });
      const { id, avatarId } = await scene.succeeded();
      const given = await scene.untilFinished(id);
      expect(given.state).toMatchObject({ outcome: { [mainFile]: { givenUp: true }, [otherFile]: { givenUp: true } } });
      const files = [
        { file: mainFile, error },
        { file: otherFile, error },
      ];
      expect(scene.alarmsAboutCopies()).toStrictEqual([{ ...idsIn(given), files }]);
      await scene.time.pass(200);
      expect(scene.told()).toStrictEqual([...kind.told.succeeded("under-way"), ...kind.told.unsaved]);
      expect(scene.alarmsAboutCopies()).toHaveLength(1);
      expect((await scene.avatar(avatarId))?.state).toStrictEqual(kind.avatar.succeeded(id));
      await expectInvariants(scene);
    });

    it("goes on for as long as it is our own blobs that fail", async () => {
      const scene = await orderStage(create, kind, deadline);
      const { time, blobs, submitted, provider, untilStatus, isCopied } = scene;
      const { order, request } = await submitted();
      blobs.setDown(true);
      provider.report(request.requestId, { type: "succeeded", outcome: kind.outcome() });
      await untilStatus(order.id, "succeeded");
      await time.pass(300);
      expect(scene.alarmsAboutCopies()).toStrictEqual([]);
      blobs.setDown(false);
      await time.until("it is copied", () => isCopied(order.id));
    });

    it.each(["at once", "while it is read"])("asks no more for a file that is too large, told %s", async (when) => {
      const scene = await orderStage(create, kind);
      const { models, time, told, untilTold } = scene;
      const error = { type: "file-too-large", maximum: 10 } as const;
      const outcome = kind.outcome();
      const [main, other] = [urlIn(outcome, mainFile), urlIn(outcome, otherFile)];
      if (when === "at once") models.failNext(error);
      else models.serve(main, () => endingWith(Object.assign(new Error("too large"), error)));
      const { id } = await scene.succeeded(outcome);
      const given = await scene.untilFinished(id);
      await untilTold(...kind.told.succeeded("given-up"));
      expect(scene.alarmsAboutCopies()).toStrictEqual([{ ...idsIn(given), files: [{ file: mainFile, error }] }]);
      await time.pass(200);
      expect(models.opened).toStrictEqual([main, other]);
      expect(told()).toStrictEqual(kind.told.succeeded("given-up"));
      const { nextCheckAt, deadlineAt } = await scene.order(id);
      expect([nextCheckAt, deadlineAt]).toStrictEqual([undefined, undefined]);
    });

    it("gives a late result its own time", async () => {
      const models: ModelSource = { open: () => errAsync({ type: "request-not-found" }) };
      const scene = await orderStage(create, kind, { ...deadline, models });
      const { submitted, deliver, untilStatus, untilSettled, untilFinished, time, told } = scene;
      const { order, request } = await submitted();
      await deliver(order.id, { type: "failed", requestId: request.requestId, detail: "out of memory" });
      await untilStatus(order.id, "failed");
      await time.pass(100);
      await deliver(order.id, { type: "succeeded", requestId: request.requestId, outcome: kind.outcome() });
      await untilSettled();
      await time.pass(60);
      expect((await scene.order(order.id)).nextCheckAt).toBeDefined();
      await untilFinished(order.id);
      await time.pass(60);
      expect(scene.alarmsAboutCopies()).toHaveLength(1);
      expect(told()).toStrictEqual(kind.told.failed("provider_error"));
    });
  });
}
