import {
  refundPaymentJob,
  tellPaymentJob,
  type JobOutlet,
  type Payment,
  type PaymentNotFound,
  type Purchases,
  type StorageFailure,
} from "@likeness/core";
import type { Kysely } from "kysely";
import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { attempt, transaction } from "../attempt.ts";
import type { KyselyCredits } from "../credits/kysely-credits.ts";
import type { Database } from "../database.ts";
import {
  changePayment,
  deleteUnpaid,
  findPurchase,
  lockPayment,
  renameOwner,
  selectEverything,
  selectPayments,
  storeCharge,
  storeRefund,
} from "./payments.ts";
import { purchaseOf, purchaseRow } from "./purchase-row.ts";

export interface KyselyPurchasesOptions {
  /** The ledger in the same database, in which payments are booked. */
  readonly credits: Pick<KyselyCredits, "within">;
  /** Binds the queue's `enqueue` to a transaction: `queue.within`, as for `kyselyStore`. */
  jobs(tx: Kysely<Database>): JobOutlet;
}

/**
 * Purchases and payments in the migrated database of the ledger.
 *
 * @example
 * const queue = sqliteJobQueue(db, { clock });
 * const credits = kyselyCredits(db, { prices: { training: 100, image: 10, upscale: 5 } });
 * const purchases = kyselyPurchases(db, { credits, jobs: queue.within });
 */
export function kyselyPurchases(db: Kysely<Database>, { credits, jobs }: KyselyPurchasesOptions): Purchases {
  type Stored = { readonly type: "new" | "known"; readonly payment: Payment };
  type Store = (tx: Kysely<Database>, bookings: ReturnType<KyselyCredits["within"]>) => Promise<Stored>;

  /** Stores something about a charge, and enqueues the message about it. */
  const storing = (store: Store): ResultAsync<Stored, StorageFailure> =>
    transaction(db, (tx) =>
      attempt(tx, () => store(tx, credits.within(tx))).andThen((stored) =>
        stored.type === "known"
          ? okAsync(stored)
          : jobs(tx)
              .enqueue(tellPaymentJob(stored.payment.chargeId))
              .map(() => stored),
      ),
    );

  /** Changes a payment, if there is one with the id that fits. */
  const changing = (
    chargeId: string,
    fits: (payment: Payment) => boolean,
    change: (payment: Payment) => Partial<Payment>,
    tell?: (tx: Kysely<Database>) => ResultAsync<void, StorageFailure>,
  ): ResultAsync<Payment, PaymentNotFound | StorageFailure> =>
    transaction(db, (tx) =>
      safeTry(async function* () {
        const payment = yield* attempt(tx, () => lockPayment(tx, chargeId));
        if (!payment || !fits(payment)) return notFound(chargeId);
        if (payment.state === "refunded") return ok(payment);
        if (tell) yield* tell(tx);
        return attempt(tx, () => changePayment(tx, payment, change(payment)));
      }),
    );

  return {
    open: (purchase) =>
      attempt(db, async () => {
        const inserted = await db
          .insertInto("likeness_purchase")
          .values(purchaseRow(purchase))
          .onConflict((conflict) => conflict.column("key").doNothing())
          .returning("id")
          .executeTakeFirst();
        const opened = db.selectFrom("likeness_purchase").selectAll().where("key", "=", purchase.key);
        const stored = purchaseOf(await opened.executeTakeFirstOrThrow());
        return { type: inserted ? "new" : "known", purchase: stored };
      }),
    find: (id) => attempt(db, () => findPurchase(db, id)),
    noteInvoice: (id, at) =>
      attempt(db, async () => {
        const fresh = db.updateTable("likeness_purchase").where("id", "=", id).where("invoiced_at", "is", null);
        await fresh.set({ invoiced_at: at }).execute();
      }),
    pay: (charge) => storing((tx, bookings) => storeCharge(tx, bookings, charge)),
    refunded: (charge) => storing((tx, bookings) => storeRefund(tx, bookings, charge)),
    askRefund: ({ chargeId, ownerId, at }) =>
      changing(
        chargeId,
        (payment) => payment.ownerId === ownerId,
        ({ refundAskedAt }) => ({ refundAskedAt: refundAskedAt ?? at }),
      ),
    orderRefund: ({ chargeId, at }) =>
      changing(
        chargeId,
        () => true,
        ({ refundOrderedAt }) => ({ refundOrderedAt: refundOrderedAt ?? at }),
        (tx) => jobs(tx).enqueue(refundPaymentJob(chargeId)),
      ),
    noteTold: (chargeId, state) =>
      attempt(db, async () => {
        const current = db.updateTable("likeness_payment").where("charge_id", "=", chargeId).where("state", "=", state);
        await current.set({ told: 1 }).execute();
      }),
    listPayments: (filter, limit, after) => attempt(db, () => selectPayments(db, filter, limit, after)),
    statement: (ownerId) =>
      attempt(db, async () => {
        const everything = await selectEverything(db, ownerId);
        return everything.purchases.length + everything.payments.length > 0 ? everything : undefined;
      }),
    deleteUnpaid: (before, limit) => attempt(db, () => deleteUnpaid(db, before, limit)),
    pseudonymise: (ownerId, pseudonym) =>
      transaction(db, (tx) => attempt(tx, () => renameOwner(tx, ownerId, pseudonym))),
  };
}

const notFound = (chargeId: string): Result<never, PaymentNotFound> => err({ type: "payment-not-found", chargeId });
