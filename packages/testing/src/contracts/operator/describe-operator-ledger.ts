import { addSeconds, type JobQueue, type LedgerCredits, type Store } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testClock, testStart, type TestClock } from "../../clock/test-clock.ts";
import { aModel } from "../../fixtures/model.ts";
import { valueOf } from "../../results/value-of.ts";
import { openStage, owner } from "../../scenarios/stage.ts";
import { anOrderOf, anOwner } from "../credits/subject.ts";

/**
 * Makes an empty storage with a ledger, which uses the clock too, and in which a training costs 10 credits. Otherwise as
 * for `describeOperator`.
 */
export type CreateOperatorLedger = (
  clock: TestClock,
) => Promise<{ readonly store: Store; readonly queue: JobQueue; readonly credits: LedgerCredits }>;

/** What a training costs, in credits. */
export const operatorPrice = 10;

const price = operatorPrice;
const day = 86_400;

/** What operators ask of a store in whose database the ledger is. */
export function describeOperatorLedger(create: CreateOperatorLedger): void {
  const open = async () => {
    const clock = testClock();
    const { store, credits } = await create(clock);
    if (!store.operator) throw new Error("the store has no part for operators");
    return { clock, credits, operator: store.operator };
  };

  describe("a ledger in the same database", () => {
    it("tells what was booked on each day, by kind", async () => {
      const { clock, credits, operator } = await open();
      const [ownerId, other] = [anOwner(), anOwner()];
      const midnight = `${testStart.slice(0, 10)}T00:00:00.000Z`;
      await valueOf(credits.topUp({ ownerId, amount: 100, reference: "one" }));
      await valueOf(credits.topUp({ ownerId: other, amount: 7, reference: "two" }));
      await valueOf(credits.adjust({ ownerId, amount: -3, reference: "three", reason: "correction" }));
      await clock.advance(day);
      const [captured, released] = [anOrderOf(ownerId), anOrderOf(ownerId)];
      for (const order of [captured, released]) await valueOf(credits.reserve(order));
      await valueOf(credits.capture(captured.id));
      await valueOf(credits.release(released.id));
      await clock.advance(day);
      await valueOf(credits.refund({ ownerId, amount: 50, reference: "one" }));

      const [first, second, third] = [0, 1, 2].map((days) => addSeconds(midnight, days * day).slice(0, 10));
      const days = (from: number, to: number) =>
        operator.figures.money({ from: addSeconds(midnight, from * day), to: addSeconds(midnight, to * day) });
      const all = await valueOf(days(0, 3));
      expect(all.map((row) => row.day)).toStrictEqual(all.map((row) => row.day).toSorted());
      expect(new Set(all)).toStrictEqual(
        new Set([
          { day: first, what: "top_up", unit: "credits", amount: 107, count: 2 },
          { day: first, what: "adjust", unit: "credits", amount: -3, count: 1 },
          { day: second, what: "capture", unit: "credits", amount: -price, count: 1 },
          { day: third, what: "refund", unit: "credits", amount: -50, count: 1 },
        ]),
      );
      expect(await valueOf(days(1, 2))).toMatchObject([{ day: second, what: "capture" }]);
      expect(await days(3, 9)).toStrictEqual(ok([]));
    });

    it("tells what an order has cost, and what its release has paid of a debt", async () => {
      const { credits, operator } = await open();
      const ownerId = anOwner();
      const [captured, released, other] = [anOrderOf(ownerId), anOrderOf(ownerId), anOrderOf(ownerId)];
      await valueOf(credits.topUp({ ownerId, amount: 3 * price, reference: "bought" }));
      for (const order of [captured, released, other]) await valueOf(credits.reserve(order));
      const about = (id: string) => valueOf(operator.rows.about(id, 10));
      const held = { amount: price, state: "held", createdAt: testStart };
      expect(await about(released.id)).toMatchObject({ hold: { ...held, orderId: released.id }, entries: [] });
      await valueOf(credits.capture(captured.id));
      await valueOf(credits.refund({ ownerId, amount: 2 * price, reference: "bought" }));
      await valueOf(credits.release(released.id));

      const paid = await about(captured.id);
      expect(paid.hold).toStrictEqual({ ...held, orderId: captured.id, state: "captured", settledAt: testStart });
      expect(paid.entries).toMatchObject([{ kind: "capture", amount: -price, reference: captured.id, ownerId }]);
      const debt = await about(released.id);
      expect(debt.hold).toMatchObject({ state: "released", settledAt: testStart });
      expect(debt.entries).toMatchObject([{ kind: "debt", amount: -price, owed: -price }]);
      expect(await about(other.id)).toMatchObject({ hold: { state: "held" }, entries: [] });
      expect(await about("none")).toStrictEqual({ deliveries: [], messages: [], entries: [] });
    });

    it("is a part of the story of an order", async () => {
      const { likeness, submitted, provider, untilStatus, time, ports } = await openStage(create, ({ credits }) => ({
        credits,
      }));
      const ledger = ports.credits as LedgerCredits;
      await valueOf(ledger.topUp({ ownerId: owner, amount: price, reference: "bought" }));
      const { training, request } = await submitted();
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.pass(60);
      const story = await valueOf(likeness.operator.order({ orderId: training.id }));
      expect(story.credits).toMatchObject({
        hold: { amount: price, state: "captured" },
        entries: [{ kind: "capture", amount: -price }],
      });
      const told = story.events.filter(({ of }) => of === "credits").map(({ what, detail }) => [what, detail]);
      expect(told).toStrictEqual([
        ["held", "10"],
        ["capture", "-10"],
      ]);
      expect(await valueOf(ledger.balance(owner))).toMatchObject({ balance: 0, held: 0 });
    });
  });
}
