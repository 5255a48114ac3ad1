import type { Timestamp } from "../values/timestamp.ts";

/**
 * `booked`: its credits were added. `unassigned`: it was made, but nothing tells what for, so an operator has to look at
 * it. `refunded`: it was given back, and its credits were taken.
 */
export const paymentStates = ["booked", "unassigned", "refunded"] as const;
export type PaymentState = (typeof paymentStates)[number];

/** What the channel says about a payment: who paid how much, and for what. */
export interface Charge {
  /** Given by the channel, once for each payment. 1 to 1,000 characters. */
  readonly chargeId: string;
  /** The person who paid. */
  readonly ownerId: string;
  readonly amount: number;
  readonly currency: string;
  /** What the invoice said, as the channel gives it back: at most 128 bytes. */
  readonly payload: string;
  /** The purchase that the payload names, if it names one. */
  readonly purchaseId?: string | undefined;
  readonly at: Timestamp;
}

/** A charge that was stored. */
export interface Payment extends Omit<Charge, "at"> {
  readonly state: PaymentState;
  /** Credits that it added; 0 if it is not assigned. */
  readonly credits: number;
  readonly paidAt: Timestamp;
  /** When its owner asked for the money. */
  readonly refundAskedAt?: Timestamp | undefined;
  /** When an operator ordered to give it back. */
  readonly refundOrderedAt?: Timestamp | undefined;
  readonly refundedAt?: Timestamp | undefined;
  /** Whether its owner has been told what it is now. */
  readonly told: boolean;
}
