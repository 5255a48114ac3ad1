import type { Payment, PaymentState, Timestamp } from "@likeness/core";
import { toInteger, withoutNulls } from "../store/columns.ts";

export interface PaymentRow {
  readonly charge_id: string;
  readonly owner_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly payload: string;
  readonly purchase_id: string | null;
  readonly state: PaymentState;
  readonly credits: number;
  readonly paid_at: Timestamp;
  readonly refund_asked_at: Timestamp | null;
  readonly refund_ordered_at: Timestamp | null;
  readonly refunded_at: Timestamp | null;
  readonly told: 0 | 1;
  readonly attention: 0 | 1;
}

export const paymentRow = (payment: Payment): PaymentRow => ({
  charge_id: payment.chargeId,
  owner_id: payment.ownerId,
  amount: payment.amount,
  currency: payment.currency,
  payload: payment.payload,
  purchase_id: payment.purchaseId ?? null,
  state: payment.state,
  credits: payment.credits,
  paid_at: payment.paidAt,
  refund_asked_at: payment.refundAskedAt ?? null,
  refund_ordered_at: payment.refundOrderedAt ?? null,
  refunded_at: payment.refundedAt ?? null,
  told: toInteger(payment.told),
  attention: toInteger(needsAttention(payment)),
});

/** Whether an operator has to look at it. */
const needsAttention = ({ state, refundAskedAt, refundOrderedAt }: Payment): boolean =>
  state === "unassigned" || (state === "booked" && (refundAskedAt ?? refundOrderedAt) !== undefined);

export const paymentOf = (row: PaymentRow): Payment => ({
  chargeId: row.charge_id,
  ownerId: row.owner_id,
  amount: row.amount,
  currency: row.currency,
  payload: row.payload,
  state: row.state,
  credits: row.credits,
  paidAt: row.paid_at,
  told: row.told === 1,
  ...withoutNulls({
    purchaseId: row.purchase_id,
    refundAskedAt: row.refund_asked_at,
    refundOrderedAt: row.refund_ordered_at,
    refundedAt: row.refunded_at,
  }),
});
