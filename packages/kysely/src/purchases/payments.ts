import {
  bookCharge,
  paymentReference,
  type Charge,
  type Ledger,
  type Payment,
  type PaymentFilter,
  type Purchase,
  type Timestamp,
} from "@likeness/core";
import { sql, type ExpressionBuilder, type Kysely } from "kysely";
import { orThrowCause } from "./or-throw-cause.ts";
import type { Database } from "../database.ts";
import { paymentOf, paymentRow } from "./payment-row.ts";
import { purchaseOf } from "./purchase-row.ts";

type Tx = Kysely<Database>;
type Bookings = Pick<Ledger, "topUp" | "refund">;

export async function findPurchase(db: Tx, id: string): Promise<Purchase | undefined> {
  const row = await db.selectFrom("likeness_purchase").selectAll().where("id", "=", id).executeTakeFirst();
  return row && purchaseOf(row);
}

/** Locks the payment until the transaction ends. */
export async function lockPayment(tx: Tx, chargeId: string): Promise<Payment | undefined> {
  const found = tx.selectFrom("likeness_payment").selectAll().where("charge_id", "=", chargeId);
  const row = await found.forUpdate().executeTakeFirst();
  return row && paymentOf(row);
}

/** Writes what has changed about a payment that is locked. */
export async function changePayment(tx: Tx, payment: Payment, change: Partial<Payment>): Promise<Payment> {
  const changed = { ...payment, ...change };
  const { charge_id: chargeId, ...columns } = paymentRow(changed);
  await tx.updateTable("likeness_payment").set(columns).where("charge_id", "=", chargeId).execute();
  return changed;
}

/** Stores a charge and books it, unless it was stored before. */
export async function storeCharge(tx: Tx, bookings: Bookings, charge: Charge) {
  const purchase = charge.purchaseId === undefined ? undefined : await findPurchase(tx, charge.purchaseId);
  const payment = bookCharge(charge, purchase);
  const inserted = await tx
    .insertInto("likeness_payment")
    .values(paymentRow(payment))
    .onConflict((conflict) => conflict.column("charge_id").doNothing())
    .returning("charge_id")
    .executeTakeFirst();
  if (!inserted) {
    const known = await lockPayment(tx, charge.chargeId);
    if (!known) throw new Error(`there is no payment ${charge.chargeId}`);
    return { type: "known", payment: known } as const;
  }
  const { ownerId, credits: amount, chargeId } = payment;
  const reference = await paymentReference(chargeId);
  if (amount > 0) await orThrowCause(bookings.topUp({ ownerId, amount, reference }));
  return { type: "new", payment } as const;
}

/** Takes what a payment had added, unless it was given back before. */
export async function storeRefund(tx: Tx, bookings: Bookings, charge: Charge) {
  const { payment } = await storeCharge(tx, bookings, charge);
  if (payment.state === "refunded") return { type: "known", payment } as const;
  const { ownerId, credits: amount, chargeId } = payment;
  const reference = await paymentReference(chargeId);
  if (amount > 0) await orThrowCause(bookings.refund({ ownerId, amount, reference }));
  const change = { state: "refunded", refundedAt: charge.at, told: false } as const;
  return { type: "new", payment: await changePayment(tx, payment, change) } as const;
}

export async function selectPayments(
  db: Tx,
  filter: PaymentFilter,
  limit: number,
  after?: Pick<Payment, "paidAt" | "chargeId">,
): Promise<Payment[]> {
  if ("chargeIds" in filter && filter.chargeIds.length === 0) return [];
  const all = paymentsIn(db, filter);
  const rest = after
    ? all
        .where("paid_at", "<=", after.paidAt)
        .where((payment) =>
          payment.or([payment("paid_at", "<", after.paidAt), payment("charge_id", "<", after.chargeId)]),
        )
    : all;
  const rows = await rest.orderBy("paid_at", "desc").orderBy("charge_id", "desc").limit(limit).execute();
  return rows.map(paymentOf);
}

function paymentsIn(db: Tx, filter: PaymentFilter) {
  const all = db.selectFrom("likeness_payment").selectAll();
  if ("ownerId" in filter) return all.where("owner_id", "=", filter.ownerId);
  if ("chargeIds" in filter) return all.where("charge_id", "in", filter.chargeIds);
  // Literals, because a partial index serves only a query that repeats its condition.
  return filter.need === "untold" ? all.where("told", "=", sql.lit(0)) : all.where("attention", "=", sql.lit(1));
}

/** Everything of an owner, oldest first. */
export async function selectEverything(db: Tx, ownerId: string) {
  const purchases = db.selectFrom("likeness_purchase").selectAll().where("owner_id", "=", ownerId);
  const payments = paymentsIn(db, { ownerId }).orderBy("paid_at").orderBy("charge_id");
  return {
    purchases: (await purchases.execute()).map(purchaseOf).toSorted(oldestFirst),
    payments: (await payments.execute()).map(paymentOf),
  };
}

/** Their ids are in the order of their times. */
const oldestFirst = ({ id }: Purchase, other: Purchase): number => (id < other.id ? -1 : 1);

/** Of a purchase. */
const isUnpaid = ({ not, exists, selectFrom }: ExpressionBuilder<Database, "likeness_purchase">) =>
  not(
    exists(
      selectFrom("likeness_payment")
        .select("charge_id")
        .whereRef("likeness_payment.purchase_id", "=", "likeness_purchase.id"),
    ),
  );

/** Deletes purchases that were opened before a moment, and that nobody has paid. */
export async function deleteUnpaid(db: Tx, before: Timestamp, limit: number): Promise<number> {
  const unpaid = db
    .selectFrom("likeness_purchase")
    .select("id")
    .where("created_at", "<", before)
    .where(isUnpaid)
    .limit(limit);
  const deleted = await db.deleteFrom("likeness_purchase").where("id", "in", unpaid).returning("id").execute();
  return deleted.length;
}

/**
 * Deletes what was not paid, and replaces the owner's id in the rest, with the keys, which may name the owner; unless a
 * payment has the pseudonym.
 */
export async function renameOwner(tx: Tx, ownerId: string, pseudonym: string): Promise<void> {
  const payment = tx.selectFrom("likeness_payment").select("charge_id").where("owner_id", "=", pseudonym);
  if (await payment.executeTakeFirst()) return;
  await tx.deleteFrom("likeness_purchase").where("owner_id", "=", ownerId).where(isUnpaid).execute();
  await tx
    .updateTable("likeness_purchase")
    .set(({ ref }) => ({ owner_id: pseudonym, key: ref("id") }))
    .where("owner_id", "=", ownerId)
    .execute();
  const renamed = { owner_id: pseudonym, told: 1 } as const;
  await tx.updateTable("likeness_payment").set(renamed).where("owner_id", "=", ownerId).execute();
}
