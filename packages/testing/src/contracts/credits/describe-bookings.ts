import type { Booking, LedgerCredits } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { err, ok } from "neverthrow";
import { valueOf } from "../../results/value-of.ts";
import { anOrderOf, anOwner, type CreateLedger } from "./subject.ts";

const invalid = err({ type: "invalid-booking", detail: expect.any(String) });
const most = 1_000_000_000;

export function describeBookings(create: CreateLedger): void {
  const balanceOf = async (ledger: LedgerCredits, ownerId: string) => {
    const { balance, held, owed } = await valueOf(ledger.balance(ownerId));
    return [balance, held, owed];
  };

  describe("a booking", () => {
    it("is added once for its reference, and answers with the entry that is stored", async () => {
      const { ledger } = await create();
      const ownerId = anOwner();
      const booking = { ownerId, amount: 30, reference: "charge-1" };
      const first = await valueOf(ledger.topUp(booking));
      expect(first).toStrictEqual({
        type: "new",
        entry: {
          id: expect.any(String),
          ownerId,
          number: 1,
          kind: "top_up",
          amount: 30,
          owed: 0,
          reference: "charge-1",
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      });
      const known = ok({ type: "known", entry: first.entry });
      expect(await ledger.topUp(booking)).toStrictEqual(known);
      expect(await ledger.topUp({ ...booking, amount: 3_000, ownerId: anOwner() })).toStrictEqual(known);
      expect(await balanceOf(ledger, ownerId)).toStrictEqual([30, 0, 0]);
    });

    it("has a reference of its own in each kind", async () => {
      const { ledger } = await create();
      const ownerId = anOwner();
      const booking = { ownerId, amount: 30, reference: "charge-1" };
      expect(await ledger.topUp(booking)).toMatchObject({ value: { type: "new" } });
      expect(await ledger.adjust({ ...booking, reason: "gift" })).toMatchObject({ value: { type: "new" } });
      expect(await ledger.refund(booking)).toMatchObject({ value: { type: "new" } });
      expect(await ledger.refund(booking)).toMatchObject({ value: { type: "known" } });
      expect(await balanceOf(ledger, ownerId)).toStrictEqual([30, 0, 0]);
    });

    it("is made once when it is asked for several times at once, even for different owners", async () => {
      const { ledger } = await create();
      const owners = [anOwner(), anOwner()];
      const bookings = Array.from({ length: 10 }, (_, index): Booking => {
        const ownerId = owners[index % 2] ?? "";
        return { ownerId, amount: 7, reference: "charge-1" };
      });
      const booked = await Promise.all(bookings.map((booking) => valueOf(ledger.topUp(booking))));
      expect(booked.filter(({ type }) => type === "new")).toHaveLength(1);
      expect(new Set(booked.map(({ entry }) => entry.id)).size).toBe(1);
      const balances = await Promise.all(owners.map((ownerId) => balanceOf(ledger, ownerId)));
      expect(new Set(balances.map(([balance]) => balance))).toStrictEqual(new Set([0, 7]));
    });

    it.each([0, -1, 0.5, Number.NaN, Infinity, most + 1, Number.MAX_SAFE_INTEGER, 2 ** 53])(
      "is not made of %s credits",
      async (amount) => {
        const { ledger } = await create();
        const ownerId = anOwner();
        const booking = { ownerId, amount, reference: "charge-1" };
        expect(await ledger.topUp(booking)).toStrictEqual(invalid);
        expect(await ledger.refund(booking)).toStrictEqual(invalid);
        if (amount !== -1) expect(await ledger.adjust({ ...booking, reason: "gift" })).toStrictEqual(invalid);
        expect(await ledger.history(ownerId, { limit: 10 })).toStrictEqual(ok([]));
      },
    );

    it("needs an owner and a reference of sensible length", async () => {
      const { ledger } = await create();
      const booking = { ownerId: anOwner(), amount: 1, reference: "charge-1" };
      expect(await ledger.topUp({ ...booking, ownerId: "" })).toStrictEqual(invalid);
      expect(await ledger.topUp({ ...booking, reference: "" })).toStrictEqual(invalid);
      expect(await ledger.refund({ ...booking, reference: "x".repeat(201) })).toStrictEqual(invalid);
      expect(await ledger.topUp({ ...booking, reference: "x".repeat(200) })).toMatchObject({ value: { type: "new" } });
    });

    it("fills an account up to a limit that every database can store", async () => {
      const { ledger } = await create();
      const ownerId = anOwner();
      for (const reference of ["one", "two"])
        expect((await ledger.topUp({ ownerId, amount: most, reference })).isOk()).toBe(true);
      expect(await ledger.topUp({ ownerId, amount: 1, reference: "three" })).toStrictEqual(invalid);
      expect(await balanceOf(ledger, ownerId)).toStrictEqual([2 * most, 0, 0]);
    });
  });

  describe("an adjustment", () => {
    it("gives credits, and takes those that can be spent, for a reason", async () => {
      const { ledger, price } = await create();
      const ownerId = anOwner();
      const given = { ownerId, amount: price + 5, reference: "given", reason: "promo" } as const;
      expect(await ledger.adjust(given)).toMatchObject({ value: { entry: { amount: price + 5, reason: "promo" } } });
      await valueOf(ledger.reserve(anOrderOf(ownerId)));
      const short = { type: "credits-short", balance: await valueOf(ledger.balance(ownerId)) };
      const taken = { ownerId, reference: "taken", reason: "correction" } as const;
      expect(await ledger.adjust({ ...taken, amount: -6 })).toStrictEqual(err(short));
      expect(await ledger.adjust({ ...taken, amount: -5 })).toMatchObject({ value: { type: "new" } });
      expect(await ledger.adjust({ ...taken, amount: -5 })).toMatchObject({ value: { type: "known" } });
      expect(await balanceOf(ledger, ownerId)).toStrictEqual([price, price, 0]);
    });

    it("is refused for a reason that nobody has heard of", async () => {
      const { ledger } = await create();
      const adjustment = { ownerId: anOwner(), amount: 1, reference: "r", reason: "whim" as "gift" };
      expect(await ledger.adjust(adjustment)).toStrictEqual(invalid);
    });
  });
}
