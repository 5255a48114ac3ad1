import { describe, expect, it } from "vitest";
import { err } from "neverthrow";
import { valueOf } from "../../results/value-of.ts";
import { anOrderOf, anOwner, type CreateLedger, type LedgerSubject } from "./subject.ts";

const refused = err({ type: "credits-refused", detail: expect.any(String) });

/** A refund of credits that were spent. */
export function describeDebt(create: CreateLedger): void {
  /** An owner who bought credits for two orders, has spent one and has one under way. */
  async function spender({ ledger, price }: LedgerSubject) {
    const ownerId = anOwner();
    const bought = { ownerId, amount: 2 * price, reference: "bought" };
    await valueOf(ledger.topUp(bought));
    const [spent, underWay] = [anOrderOf(ownerId), anOrderOf(ownerId)];
    for (const order of [spent, underWay]) await valueOf(ledger.reserve(order));
    await valueOf(ledger.capture(spent.id));
    const seen = async () => {
      const { balance, held, owed } = await valueOf(ledger.balance(ownerId));
      return [balance / price, held / price, owed / price];
    };
    return { ownerId, bought, underWay, seen };
  }

  describe("what is refunded after it was spent", () => {
    it("is taken as far as it is there, and owed beyond that", async () => {
      const subject = await create();
      const { ownerId, bought, seen } = await spender(subject);
      await valueOf(subject.ledger.topUp({ ownerId, amount: subject.price / 2, reference: "more" }));
      expect(await subject.ledger.refund(bought)).toMatchObject({
        value: { type: "new", entry: { amount: -subject.price / 2, owed: (3 * subject.price) / 2 } },
      });
      expect(await subject.ledger.refund(bought)).toMatchObject({ value: { type: "known" } });
      expect(await seen()).toStrictEqual([1, 1, 1.5]);
    });

    it("is an entry even where all of it is owed", async () => {
      const subject = await create();
      const { bought, seen } = await spender(subject);
      const { entry } = await valueOf(subject.ledger.refund(bought));
      expect(entry).toMatchObject({ kind: "refund", amount: 0, owed: 2 * subject.price });
      expect(await seen()).toStrictEqual([1, 1, 2]);
    });

    it("is paid by what is bought next, by an entry of its own, before anything is spent", async () => {
      const subject = await create();
      const { ledger, price } = subject;
      const { ownerId, bought, underWay, seen } = await spender(subject);
      await valueOf(ledger.refund(bought));
      await valueOf(ledger.capture(underWay.id));
      expect(await seen()).toStrictEqual([0, 0, 2]);
      const next = { ownerId, amount: price, reference: "next" };
      await valueOf(ledger.topUp(next));
      await valueOf(ledger.topUp(next));
      expect(await seen()).toStrictEqual([0, 0, 1]);
      expect(await ledger.reserve(anOrderOf(ownerId))).toStrictEqual(refused);
      await valueOf(ledger.topUp({ ownerId, amount: 3 * price, reference: "last" }));
      expect(await seen()).toStrictEqual([2, 0, 0]);
      const debts = (await valueOf(ledger.history(ownerId, { limit: 20 }))).filter(({ kind }) => kind === "debt");
      expect(debts.map(({ amount, owed, reference }) => [amount, owed, reference])).toStrictEqual([
        [-price, -price, "top_up:last"],
        [-price, -price, "top_up:next"],
      ]);
      expect((await ledger.reserve(anOrderOf(ownerId))).isOk()).toBe(true);
    });

    it("is paid by a gift too, so that a debt can be forgiven", async () => {
      const subject = await create();
      const { ownerId, bought, seen } = await spender(subject);
      await valueOf(subject.ledger.refund(bought));
      const gift = { ownerId, amount: 2 * subject.price, reference: "sorry", reason: "correction" } as const;
      await valueOf(subject.ledger.adjust(gift));
      expect(await seen()).toStrictEqual([1, 1, 0]);
    });

    it("is paid by what is released, because that can be spent again", async () => {
      const subject = await create();
      const { bought, underWay, seen } = await spender(subject);
      await valueOf(subject.ledger.refund(bought));
      await valueOf(subject.ledger.release(underWay.id));
      await valueOf(subject.ledger.release(underWay.id));
      expect(await seen()).toStrictEqual([0, 0, 1]);
    });

    it("keeps new orders from being placed, and lets those under way be captured", async () => {
      const subject = await create();
      const { ledger, price } = subject;
      const { ownerId, bought, underWay, seen } = await spender(subject);
      await valueOf(ledger.refund(bought));
      expect(await ledger.reserve(anOrderOf(ownerId))).toStrictEqual(refused);
      await valueOf(ledger.capture(underWay.id));
      expect(await seen()).toStrictEqual([0, 0, 2]);
      expect(price).toBeGreaterThan(0);
    });

    it("is owed by an owner who never had an account", async () => {
      const { ledger } = await create();
      const ownerId = anOwner();
      await valueOf(ledger.refund({ ownerId, amount: 9, reference: "unknown" }));
      expect(await valueOf(ledger.balance(ownerId))).toMatchObject({ balance: 0, held: 0, owed: 9 });
    });
  });
}
