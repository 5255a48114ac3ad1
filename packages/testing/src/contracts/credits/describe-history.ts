import { describe, expect, it } from "vitest";
import { ok } from "neverthrow";
import { valueOf } from "../../results/value-of.ts";
import { anOrderOf, anOwner, type CreateLedger } from "./subject.ts";

export function describeHistory(create: CreateLedger): void {
  describe("history", () => {
    it("is empty for an owner who never had credits", async () => {
      const { ledger } = await create();
      expect(await ledger.history(anOwner(), { limit: 10 })).toStrictEqual(ok([]));
    });

    it("is every change of an owner's account, newest first, page by page", async () => {
      const { ledger, price } = await create();
      const ownerId = anOwner();
      await valueOf(ledger.topUp({ ownerId, amount: price, reference: "bought" }));
      await valueOf(ledger.topUp({ ownerId: anOwner(), amount: price, reference: "of another" }));
      const order = anOrderOf(ownerId);
      await valueOf(ledger.reserve(order));
      await valueOf(ledger.capture(order.id));
      await valueOf(ledger.adjust({ ownerId, amount: 1, reference: "given", reason: "gift" }));
      const first = await valueOf(ledger.history(ownerId, { limit: 2 }));
      const last = first.at(-1);
      const second = await valueOf(ledger.history(ownerId, { limit: 2, olderThan: last?.number }));
      const pages = [first, second].map((page) => page.map(({ number, kind, reference }) => [number, kind, reference]));
      expect(pages).toStrictEqual([
        [
          [3, "adjust", "given"],
          [2, "capture", order.id],
        ],
        [[1, "top_up", "bought"]],
      ]);
    });

    it("is in the statement of an owner, with what was reserved, and with nothing of others", async () => {
      const { ledger, price } = await create();
      const ownerId = anOwner();
      expect(await ledger.statement(ownerId)).toStrictEqual(ok(undefined));
      await valueOf(ledger.topUp({ ownerId, amount: 3 * price, reference: "bought" }));
      await valueOf(ledger.topUp({ ownerId: anOwner(), amount: price, reference: "of another" }));
      const [captured, held] = [anOrderOf(ownerId), anOrderOf(ownerId)];
      for (const order of [captured, held]) await valueOf(ledger.reserve(order));
      await valueOf(ledger.capture(captured.id));
      const statement = await valueOf(ledger.statement(ownerId));
      expect(statement).toMatchObject({ ...(await valueOf(ledger.balance(ownerId))), held: price });
      const history = await valueOf(ledger.history(ownerId, { limit: 10 }));
      expect(statement?.entries).toStrictEqual(history.map(({ ownerId: _ownerId, ...entry }) => entry).toReversed());
      expect(new Map(statement?.holds.map(({ orderId, ...hold }) => [orderId, hold]))).toMatchObject(
        new Map([
          [captured.id, { amount: price, state: "captured", settledAt: expect.any(String) }],
          [held.id, { amount: price, state: "held" }],
        ]),
      );
      expect(JSON.stringify(statement)).not.toContain(ownerId);
    });

    it("goes on under a pseudonym, and takes nothing there that comes later", async () => {
      const { ledger } = await create();
      const [ownerId, pseudonym] = [anOwner(), anOwner()];
      for (const reference of ["one", "two"]) await valueOf(ledger.topUp({ ownerId, amount: 5, reference }));
      await valueOf(ledger.pseudonymise(ownerId, pseudonym));
      await valueOf(ledger.pseudonymise(pseudonym, pseudonym));
      expect(await ledger.history(ownerId, { limit: 10 })).toStrictEqual(ok([]));
      await valueOf(ledger.topUp({ ownerId, amount: 3, reference: "of who came back" }));
      await valueOf(ledger.pseudonymise(ownerId, pseudonym));
      expect(await ledger.history(ownerId, { limit: 10 })).toMatchObject({ value: [{ number: 1, amount: 3 }] });
      const kept = await valueOf(ledger.history(pseudonym, { limit: 10 }));
      expect(kept.map(({ number, reference }) => [number, reference])).toStrictEqual([
        [2, "two"],
        [1, "one"],
      ]);
      expect(new Set(kept.map((entry) => entry.ownerId))).toStrictEqual(new Set([pseudonym]));
      expect(await valueOf(ledger.balance(pseudonym))).toMatchObject({ balance: 10 });
      expect(await ledger.topUp({ ownerId, amount: 5, reference: "one" })).toMatchObject({ value: { type: "known" } });
    });

    it("of who came back is theirs, also if there was nothing under the pseudonym", async () => {
      const { ledger } = await create();
      const [ownerId, pseudonym] = [anOwner(), anOwner()];
      await valueOf(ledger.pseudonymise(ownerId, pseudonym));
      await valueOf(ledger.topUp({ ownerId, amount: 3, reference: "later" }));
      await valueOf(ledger.pseudonymise(ownerId, pseudonym));
      expect(await valueOf(ledger.balance(ownerId))).toMatchObject({ balance: 3 });
      expect(await ledger.history(pseudonym, { limit: 10 })).toStrictEqual(ok([]));
    });
  });
}
