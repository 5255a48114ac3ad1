import { outcomeIn, type OutcomeSource } from "@likeness/core";
import { err, errAsync, fromSafePromise } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { fakeOutcomeSource } from "../fakes/fake-outcome-source.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage } from "./order-stage.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

const policy = { copyDeadlineSeconds: 120, copyWaitSeconds: 2 };

const gone = { type: "request-not-found" } as const;

/**
 * A stage where no file can be downloaded until `mend`, and an order whose outcome was given up because of that. Then
 * downloads begin when `passed` is over.
 */
async function givenUp(create: CreateStorage, kind: TestedKind, passed = Promise.resolve()) {
  const outcomes = fakeOutcomeSource();
  let broken = true;
  const open: OutcomeSource["open"] = (file) =>
    broken ? errAsync(gone) : fromSafePromise(passed).andThen(() => outcomes.open(file));
  const stage = await openOrderStage(create, kind, { policy, outcomes: { open } });
  const { id: orderId } = await stage.succeeded();
  await stage.untilFinished(orderId);
  return { stage, outcomes, orderId, mend: () => void (broken = false) };
}

/** An operator starts the copying of an outcome again. */
export function describeCopyingAgain(create: CreateStorage, kind: TestedKind): void {
  describe("copying an outcome again", () => {
    it("copies what was given up, charges nothing anew, and has nothing left to do then", async () => {
      const { stage, orderId, mend } = await givenUp(create, kind);
      const { likeness, untilFinished, isCopied, credits } = stage;
      mend();
      expect((await valueOf(likeness.operator.copyAgain({ operator: "olga", orderId }))).type).toBe("begun");
      const stored = await untilFinished(orderId);
      for (const file of [kind.mainFile, kind.otherFile]) {
        expect(outcomeIn(stored.state)?.[file]).not.toHaveProperty("givenUp");
        expect(await isCopied(orderId, file)).toBe(true);
      }
      expect(stored.deadlineAt).toBeUndefined();
      expect(new Set(credits.calls.map(({ method }) => method))).toStrictEqual(new Set(["reserve", "capture"]));
      expect(await valueOf(likeness.operator.copyAgain({ operator: "olga", orderId }))).toStrictEqual({
        type: "stored",
        order: stored,
      });
      await expectInvariants(stage);
    });

    it("begins once for two at the same moment", async () => {
      const gate = closedGate();
      const { stage, outcomes, orderId, mend } = await givenUp(create, kind, gate.passed);
      const { likeness, untilFinished } = stage;
      mend();
      const both = await Promise.all(
        [1, 2].map(() => valueOf(likeness.operator.copyAgain({ operator: "olga", orderId }))),
      );
      expect(both.map(({ type }) => type).toSorted()).toStrictEqual(["begun", "under-way"]);
      gate.open();
      await untilFinished(orderId);
      expect(outcomes.opened).toHaveLength(2);
    });

    it("gives up again at another deadline, with another alarm, and does not tell the owner twice", async () => {
      const { stage, orderId } = await givenUp(create, kind);
      const { likeness, time, untilFinished, alarmsAboutCopies, told } = stage;
      expect(alarmsAboutCopies()).toHaveLength(1);
      await valueOf(likeness.operator.copyAgain({ operator: "olga", orderId }));
      await time.pass(60);
      expect(alarmsAboutCopies()).toHaveLength(1);
      await untilFinished(orderId);
      expect(alarmsAboutCopies()).toHaveLength(2);
      await time.pass(60);
      expect(told()).toStrictEqual([...kind.told.succeeded("under-way"), ...kind.told.unsaved]);
    });

    it("leaves alone what is tried anyway", async () => {
      const stage = await openOrderStage(create, kind, { outcomes: { open: () => errAsync(gone) } });
      const { id: orderId } = await stage.succeeded();
      await stage.time.pass(30);
      const before = await stage.order(orderId);
      expect(await valueOf(stage.likeness.operator.copyAgain({ operator: "olga", orderId }))).toStrictEqual({
        type: "under-way",
        order: before,
      });
      expect(await stage.order(orderId)).toStrictEqual(before);
    });

    it("says when there is nothing to copy", async () => {
      const { submitted, likeness } = await openOrderStage(create, kind);
      const { order } = await submitted();
      const { id: orderId } = order;
      expect(await likeness.operator.copyAgain({ operator: "olga", orderId })).toStrictEqual(
        err({ type: "no-outcome", orderId, status: "submitted" }),
      );
      expect(await likeness.operator.copyAgain({ operator: "olga", orderId: "nothing" })).toStrictEqual(
        err({ type: "order-not-found", orderId: "nothing" }),
      );
    });
  });
}
