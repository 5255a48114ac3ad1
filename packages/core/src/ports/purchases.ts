import type { ResultAsync } from "neverthrow";
import type { Charge, Payment, PaymentState } from "../purchases/payment.ts";
import type { Purchase } from "../purchases/purchase.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { StorageFailure } from "./storage-errors.ts";

/** There is no payment with the id, or it is another owner's. */
export interface PaymentNotFound {
  readonly type: "payment-not-found";
  readonly chargeId: string;
}

export interface NewPurchase extends Omit<Purchase, "invoicedAt"> {
  /** What opened it, e.g. the message with the button that was pressed: the same key opens one purchase. */
  readonly key: string;
}

/** `known`: the key opened this purchase before, which may be about something else. */
export interface OpenedPurchase {
  readonly type: "new" | "known";
  readonly purchase: Purchase;
}

/** `known`: the charge was stored before, and nothing has changed. */
export interface StoredPayment {
  readonly type: "new" | "known";
  readonly payment: Payment;
}

/** Everything that an owner meant to buy, and has paid. */
export interface PurchaseStatement {
  /** Oldest first. */
  readonly purchases: readonly Purchase[];
  readonly payments: readonly Payment[];
}

/** Which payments are listed. */
export type PaymentFilter =
  | { readonly ownerId: string }
  | { readonly chargeIds: readonly string[] }
  /** `attention`: not assigned, or its owner asks for the money, or it is to be given back; `untold`: nobody has told its owner. */
  | { readonly need: "attention" | "untold" };

/**
 * What people mean to buy, and what they have paid. Every method is safe to repeat. A payment, its entry in the ledger and
 * the job that tells its owner are stored in one transaction. Run `describePurchases` of `@likeness/testing` against
 * yours.
 */
export interface Purchases {
  /** Stores a purchase before its invoice is sent. */
  open(purchase: NewPurchase): ResultAsync<OpenedPurchase, StorageFailure>;
  /** By its id: one row by its primary key, because a payment waits for the answer. */
  find(id: string): ResultAsync<Purchase | undefined, StorageFailure>;
  /** The invoice was sent. Only the first time counts. */
  noteInvoice(id: string, at: Timestamp): ResultAsync<void, StorageFailure>;
  /** Stores a charge, and adds what it has bought: once, by the id of the charge. */
  pay(charge: Charge): ResultAsync<StoredPayment, StorageFailure>;
  /**
   * The channel has given a charge back: takes what it had added, once. A charge that was not stored is stored first. `at`
   * is the time of the refund.
   */
  refunded(charge: Charge): ResultAsync<StoredPayment, StorageFailure>;
  /** An owner asks for the money of a payment. */
  askRefund(request: {
    readonly chargeId: string;
    readonly ownerId: string;
    readonly at: Timestamp;
  }): ResultAsync<Payment, PaymentNotFound | StorageFailure>;
  /** An operator orders to give a payment back: stored with the job `payment.refund`, unless it was given back before. */
  orderRefund(order: {
    readonly chargeId: string;
    readonly at: Timestamp;
  }): ResultAsync<Payment, PaymentNotFound | StorageFailure>;
  /** Its owner was told that the payment is in this state. Changes nothing if it no longer is. */
  noteTold(chargeId: string, state: PaymentState): ResultAsync<void, StorageFailure>;
  /** Newest first; the next page begins after the last payment of this one. */
  listPayments(
    filter: PaymentFilter,
    limit: number,
    after?: Pick<Payment, "paidAt" | "chargeId">,
  ): ResultAsync<Payment[], StorageFailure>;
  /** Everything of an owner, for their export: becomes the file `payments.json`. `undefined`: nothing. */
  statement(ownerId: string): ResultAsync<PurchaseStatement | undefined, StorageFailure>;
  /** Deletes purchases that were opened before a moment and not paid. Returns how many. */
  deleteUnpaid(before: Timestamp, limit: number): ResultAsync<number, StorageFailure>;
  /**
   * Deletes what an erased owner did not pay, and replaces the owner's id in the rest, which stays because it is accounts.
   * The keys of the rest are forgotten, because they may name the owner. The ledger is not changed. Does nothing if a payment
   * has the pseudonym: the same call again leaves what the owner has bought since.
   */
  pseudonymise(ownerId: string, pseudonym: string): ResultAsync<void, StorageFailure>;
}
