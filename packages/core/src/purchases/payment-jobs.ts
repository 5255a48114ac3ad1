import type { Job } from "../ports/job-queue.ts";

/** The jobs of a shop, which the channel that sells registers. */
export const paymentJobs = {
  /** Tells the owner of a payment what became of it; key: id of the charge. */
  tell: "payment.tell",
  /** Gives a payment back at the channel; key: id of the charge. */
  refund: "payment.refund",
  /** Compares the payments with the channel's list; key: `reconcile` for the regular job, any other for one comparison. */
  reconcile: "payment.reconcile",
} as const;

export const tellPaymentJob = (chargeId: string): Job => ({
  kind: paymentJobs.tell,
  key: chargeId,
  payload: { chargeId },
});

export const refundPaymentJob = (chargeId: string): Job => ({
  kind: paymentJobs.refund,
  key: chargeId,
  payload: { chargeId },
});
