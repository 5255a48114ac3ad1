import { addSeconds, type Job, type JobOutlet, type Ledger, type Payment, type Purchases } from "@likeness/core";
import { err, ok, okAsync } from "neverthrow";
import { beforeEach, describe, expect, it } from "vitest";
import { testStart } from "../../clock/test-clock.ts";
import { aCharge, aPurchase } from "../../fixtures/purchase.ts";
import { valueOf } from "../../results/value-of.ts";

/** Empty purchases, and the ledger in which their payments are booked. */
export interface PurchasesSubject {
  readonly purchases: Purchases;
  readonly ledger: Pick<Ledger, "balance" | "history">;
}

/** Opens what is tested. Its jobs go to the outlet that is given. */
export type CreatePurchases = (jobs: JobOutlet) => Promise<PurchasesSubject>;

const later = addSeconds(testStart, 60);

/**
 * The contract of `Purchases`.
 *
 * @example
 * describePurchases("memory", async (jobs) => {
 *   const ledger = memoryCredits({ prices: {} });
 *   return { ledger, purchases: memoryPurchases({ ledger, jobs }) };
 * });
 */
export function describePurchases(name: string, create: CreatePurchases): void {
  describe(`Purchases: ${name}`, () => {
    let purchases: Purchases;
    let ledger: PurchasesSubject["ledger"];
    let enqueued: Job[];

    beforeEach(async () => {
      enqueued = [];
      ({ purchases, ledger } = await create({ enqueue: (job) => okAsync(void enqueued.push(job)) }));
    });

    const opened = async (overrides: Parameters<typeof aPurchase>[0] = {}) => {
      const { key: _, ...purchase } = aPurchase(overrides);
      await valueOf(purchases.open({ ...purchase, key: `key of ${purchase.id}` }));
      return purchase;
    };
    const balance = async (ownerId = "telegram:42") => {
      const { balance: has, owed } = await valueOf(ledger.balance(ownerId));
      return owed === 0 ? has : { has, owed };
    };
    const kinds = () => enqueued.map(({ kind, key }) => [kind, key]);

    it("opens a purchase once for each key, and finds it", async () => {
      const { key, ...purchase } = aPurchase();
      expect(await purchases.open({ ...purchase, key })).toStrictEqual(ok({ type: "new", purchase }));
      const other = { ...aPurchase({ credits: 30 }), key };
      expect(await purchases.open(other)).toStrictEqual(ok({ type: "known", purchase }));
      expect(await purchases.find(purchase.id)).toStrictEqual(ok(purchase));
      expect(await purchases.find(other.id)).toStrictEqual(ok(undefined));
    });

    it("opens one of many that come at once with the same key", async () => {
      const all = Array.from({ length: 10 }, () => aPurchase({ key: "the same" }));
      const outcomes = await Promise.all(all.map((purchase) => valueOf(purchases.open(purchase))));
      expect(outcomes.filter(({ type }) => type === "new")).toHaveLength(1);
      expect(new Set(outcomes.map(({ purchase }) => purchase.id)).size).toBe(1);
    });

    it("notes when the invoice was sent, the first time", async () => {
      const purchase = await opened();
      await valueOf(purchases.noteInvoice(purchase.id, later));
      await valueOf(purchases.noteInvoice(purchase.id, addSeconds(later, 1)));
      await valueOf(purchases.noteInvoice("none", later));
      expect(await purchases.find(purchase.id)).toStrictEqual(ok({ ...purchase, invoicedAt: later }));
    });

    it("adds the credits of the purchase once for each charge, and enqueues the message", async () => {
      const purchase = await opened();
      const charge = aCharge(purchase, { at: later });
      const { at: _, ...rest } = charge;
      const payment: Payment = { ...rest, state: "booked", credits: 10, paidAt: later, told: false };
      expect(await purchases.pay(charge)).toStrictEqual(ok({ type: "new", payment }));
      expect(await purchases.pay(charge)).toStrictEqual(ok({ type: "known", payment }));
      expect(await balance()).toBe(10);
      expect(await ledger.history("telegram:42", { limit: 5 })).toMatchObject(
        ok([{ kind: "top_up", amount: 10, reference: charge.chargeId }]),
      );
      expect(kinds()).toStrictEqual([["payment.tell", charge.chargeId]]);
    });

    it("books a charge once that comes many times at the same moment", async () => {
      const charge = aCharge(await opened());
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => valueOf(purchases.pay(charge))));
      expect(outcomes.filter(({ type }) => type === "new")).toHaveLength(1);
      expect(await balance()).toBe(10);
    });

    it("books a second charge of a purchase, too", async () => {
      const purchase = await opened();
      for (const charge of [aCharge(purchase), aCharge(purchase)]) await valueOf(purchases.pay(charge));
      expect(await balance()).toBe(20);
    });

    it("gives the credits to the person who paid", async () => {
      const purchase = await opened({ ownerId: "telegram:42" });
      await valueOf(purchases.pay(aCharge(purchase, { ownerId: "telegram:43" })));
      expect([await balance("telegram:42"), await balance("telegram:43")]).toStrictEqual([0, 10]);
    });

    it.each([
      ["another price", { amount: 49 }],
      ["another currency", { currency: "USD" }],
      ["a purchase that there is not", { purchaseId: "none" }],
      ["no purchase", { purchaseId: undefined, payload: "about \u0000 something else 🚲" }],
    ])("keeps a charge with %s for the operator", async (_, overrides) => {
      const charge = aCharge(await opened(), overrides);
      const { payment } = await valueOf(purchases.pay(charge));
      expect(payment).toMatchObject({ state: "unassigned", credits: 0, payload: charge.payload });
      expect(await balance()).toBe(0);
      expect(await purchases.listPayments({ need: "attention" }, 10)).toStrictEqual(ok([payment]));
      expect(kinds()).toStrictEqual([["payment.tell", charge.chargeId]]);
    });

    it("takes what a refunded charge had added, once, and leaves a debt where it is spent", async () => {
      const charge = aCharge(await opened());
      await valueOf(purchases.pay(charge));
      await valueOf(purchases.noteTold(charge.chargeId, "booked"));
      const refund = { ...charge, at: later };
      const { type, payment } = await valueOf(purchases.refunded(refund));
      expect({ type, ...payment }).toMatchObject({ type: "new", state: "refunded", refundedAt: later, told: false });
      expect(await purchases.refunded(refund)).toStrictEqual(ok({ type: "known", payment }));
      expect(await purchases.pay(charge)).toStrictEqual(ok({ type: "known", payment }));
      expect(await balance()).toBe(0);
      expect(kinds()).toStrictEqual([1, 2].map(() => ["payment.tell", charge.chargeId]));
    });

    it("stores a refund whose payment was never heard of", async () => {
      const charge = aCharge(await opened());
      const { payment } = await valueOf(purchases.refunded(charge));
      expect(payment).toMatchObject({ state: "refunded", credits: 10 });
      expect(await balance()).toBe(0);
      const foreign = aCharge(await opened(), { purchaseId: undefined, payload: "foreign" });
      expect(await purchases.refunded(foreign)).toMatchObject({
        value: { payment: { state: "refunded", credits: 0 } },
      });
    });

    it("refunds once, however many say so at the same moment", async () => {
      const charge = aCharge(await opened());
      await valueOf(purchases.pay(charge));
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => valueOf(purchases.refunded(charge))));
      expect(outcomes.filter(({ type }) => type === "new")).toHaveLength(1);
      expect(await balance()).toBe(0);
    });

    it("lets the owner of a payment, and no other, ask for the money", async () => {
      const charge = aCharge(await opened());
      const { payment } = await valueOf(purchases.pay(charge));
      const { chargeId, ownerId } = charge;
      const notFound = err({ type: "payment-not-found", chargeId });
      expect(await purchases.askRefund({ chargeId, ownerId: "telegram:43", at: later })).toStrictEqual(notFound);
      const asked = { ...payment, refundAskedAt: later };
      expect(await purchases.askRefund({ chargeId, ownerId, at: later })).toStrictEqual(ok(asked));
      expect(await purchases.askRefund({ chargeId, ownerId, at: addSeconds(later, 1) })).toStrictEqual(ok(asked));
      expect(await purchases.listPayments({ need: "attention" }, 10)).toStrictEqual(ok([asked]));
    });

    it("orders a refund with its job, until the payment is refunded", async () => {
      const charge = aCharge(await opened());
      const { chargeId } = charge;
      const order = { chargeId, at: later };
      expect(await purchases.orderRefund(order)).toStrictEqual(err({ type: "payment-not-found", chargeId }));
      const { payment } = await valueOf(purchases.pay(charge));
      const ordered = { ...payment, refundOrderedAt: later };
      expect(await purchases.orderRefund(order)).toStrictEqual(ok(ordered));
      expect(await purchases.orderRefund({ ...order, at: addSeconds(later, 1) })).toStrictEqual(ok(ordered));
      const refunds = () => kinds().filter(([kind]) => kind === "payment.refund");
      expect(refunds()).toStrictEqual([1, 2].map(() => ["payment.refund", chargeId]));
      await valueOf(purchases.refunded(charge));
      expect(await purchases.orderRefund(order)).toMatchObject({ value: { state: "refunded" } });
      expect(refunds()).toHaveLength(2);
      expect(await purchases.listPayments({ need: "attention" }, 10)).toStrictEqual(ok([]));
    });

    it("knows who has not been told what their payment is now", async () => {
      const charge = aCharge(await opened());
      const { chargeId } = charge;
      const untold = async () =>
        (await valueOf(purchases.listPayments({ need: "untold" }, 10))).map((each) => each.state);
      await valueOf(purchases.pay(charge));
      await valueOf(purchases.noteTold(chargeId, "refunded"));
      expect(await untold()).toStrictEqual(["booked"]);
      await valueOf(purchases.noteTold(chargeId, "booked"));
      expect(await untold()).toStrictEqual([]);
      await valueOf(purchases.refunded(charge));
      expect(await untold()).toStrictEqual(["refunded"]);
    });

    it("lists an owner's payments, newest first, and those of some charges", async () => {
      const purchase = await opened();
      const charges = [0, 1, 2].map((minutes) => aCharge(purchase, { at: addSeconds(testStart, minutes * 60) }));
      for (const charge of charges) await valueOf(purchases.pay(charge));
      await valueOf(purchases.pay(aCharge(purchase, { ownerId: "telegram:43" })));
      const ids = async (...given: Parameters<Purchases["listPayments"]>) =>
        (await valueOf(purchases.listPayments(...given))).map(({ chargeId }) => chargeId);
      const [oldest = "", middle = "", newest = ""] = charges.map(({ chargeId }) => chargeId);
      expect(await ids({ ownerId: "telegram:42" }, 2)).toStrictEqual([newest, middle]);
      expect(await ids({ chargeIds: [oldest, newest, "none"] }, 100)).toStrictEqual([newest, oldest]);
      expect(await ids({ chargeIds: [] }, 100)).toStrictEqual([]);
    });

    it.each([{ ownerId: "telegram:42" }, { need: "untold" }, { need: "attention" }] as const)(
      "lists payments (%o) page by page, also those of the same moment",
      async (filter) => {
        const purchase = await opened();
        const times = [0, 0, 0, 60, 60].map((seconds) => addSeconds(testStart, seconds));
        const unassigned = { payload: "else", purchaseId: undefined };
        for (const at of times) await valueOf(purchases.pay(aCharge(purchase, { at, ...unassigned })));
        const all = await valueOf(purchases.listPayments(filter, 10));
        const pages: Payment[][] = [];
        do pages.push(await valueOf(purchases.listPayments(filter, 2, pages.at(-1)?.at(-1))));
        while (pages.at(-1)?.length === 2);
        expect(pages.map((page) => page.length)).toStrictEqual([2, 2, 1]);
        expect(pages.flat()).toStrictEqual(all);
      },
    );

    it("takes ids of charges of any length", async () => {
      const charge = aCharge(await opened(), { chargeId: "s".repeat(500) });
      await valueOf(purchases.pay(charge));
      await valueOf(purchases.pay({ ...charge, chargeId: `${"s".repeat(499)}t` }));
      expect(await balance()).toBe(20);
      await valueOf(purchases.refunded(charge));
      expect(await balance()).toBe(10);
    });

    it("states what an owner meant to buy and has paid, oldest first, and nothing of others", async () => {
      expect(await purchases.statement("telegram:42")).toStrictEqual(ok(undefined));
      const [paid, unpaid] = [await opened(), await opened()];
      const charges = [60, 0].map((seconds) => aCharge(paid, { at: addSeconds(testStart, seconds) }));
      for (const charge of charges) await valueOf(purchases.pay(charge));
      await valueOf(purchases.pay(aCharge(await opened({ ownerId: "telegram:43" }), { ownerId: "telegram:43" })));
      const statement = await valueOf(purchases.statement("telegram:42"));
      expect(statement?.purchases).toStrictEqual([paid, unpaid]);
      expect(statement?.payments).toStrictEqual(
        (await valueOf(purchases.listPayments({ ownerId: "telegram:42" }, 10))).toReversed(),
      );
      expect(statement?.payments).toHaveLength(2);
    });

    it("deletes what was opened before a moment and not paid, as many as are wanted", async () => {
      const [paid, ...unpaid] = [await opened(), await opened(), await opened()];
      const young = await opened({ createdAt: later });
      await valueOf(purchases.pay(aCharge(paid)));
      expect(await purchases.deleteUnpaid(testStart, 10)).toStrictEqual(ok(0));
      expect(await purchases.deleteUnpaid(later, 1)).toStrictEqual(ok(1));
      expect(await purchases.deleteUnpaid(later, 10)).toStrictEqual(ok(1));
      for (const { id } of unpaid) expect(await purchases.find(id)).toStrictEqual(ok(undefined));
      for (const kept of [paid, young]) expect(await purchases.find(kept.id)).toStrictEqual(ok(kept));
      const reopened = { ...aPurchase(), key: `key of ${unpaid[0]?.id}` };
      expect(await purchases.open(reopened)).toMatchObject({ value: { type: "new" } });
    });

    it("forgets what an erased owner did not pay, and keeps accounts under a pseudonym", async () => {
      const [paid, unpaid] = [await opened(), await opened()];
      const foreign = await opened({ ownerId: "telegram:43" });
      const charge = aCharge(paid);
      await valueOf(purchases.pay(charge));
      for (const _ of [1, 2]) await valueOf(purchases.pseudonymise("telegram:42", "erased:1"));
      expect(await purchases.find(unpaid.id)).toStrictEqual(ok(undefined));
      expect(await purchases.find(paid.id)).toMatchObject({ value: { ownerId: "erased:1" } });
      expect(await purchases.find(foreign.id)).toStrictEqual(ok(foreign));
      expect(await purchases.listPayments({ ownerId: "telegram:42" }, 10)).toStrictEqual(ok([]));
      expect(await purchases.listPayments({ ownerId: "erased:1" }, 10)).toMatchObject({ value: [{ told: true }] });
      expect(await purchases.pay(charge)).toMatchObject({ value: { type: "known", payment: { ownerId: "erased:1" } } });
    });

    it("forgets the keys of what an erased owner has paid, because they may name the owner", async () => {
      const { key, ...purchase } = aPurchase({ key: "telegram:42:7" });
      await valueOf(purchases.open({ ...purchase, key }));
      await valueOf(purchases.pay(aCharge(purchase)));
      for (const _ of [1, 2]) await valueOf(purchases.pseudonymise("telegram:42", "erased:1"));
      const other = { ...aPurchase(), key };
      expect(await purchases.open(other)).toMatchObject({ value: { type: "new", purchase: { id: other.id } } });
      expect(await purchases.find(purchase.id)).toMatchObject({ value: { ownerId: "erased:1" } });
    });

    it("leaves what somebody buys who comes back after an erasure", async () => {
      await valueOf(purchases.pay(aCharge(await opened())));
      await valueOf(purchases.pseudonymise("telegram:42", "erased:1"));
      const [paid, unpaid] = [await opened(), await opened()];
      const { payment } = await valueOf(purchases.pay(aCharge(paid)));
      await valueOf(purchases.pseudonymise("telegram:42", "erased:1"));
      expect(await purchases.find(unpaid.id)).toStrictEqual(ok(unpaid));
      expect(await purchases.listPayments({ ownerId: "telegram:42" }, 10)).toStrictEqual(ok([payment]));
    });
  });
}
