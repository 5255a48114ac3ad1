import { errAsync, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { PaymentNotFound } from "../ports/purchases.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { NothingSold } from "./operator-errors.ts";
import { paymentView, type PaymentView } from "./views.ts";

export type RefundPaymentError = PaymentNotFound | NothingSold | StorageFailure;

/** `ordered`: a job gives it back and tells its owner · `refunded-before`: nothing has changed. */
export interface RefundOrdered {
  readonly type: "ordered" | "refunded-before";
  readonly payment: PaymentView;
}

/** Orders that a payment is given back. */
export const refundPayment = (
  { purchases, clock }: Pick<Ports, "purchases" | "clock">,
  { chargeId }: { readonly chargeId: string },
): ResultAsync<RefundOrdered, RefundPaymentError> =>
  (purchases?.orderRefund?.({ chargeId, at: clock.now() }) ?? errAsync({ type: "nothing-sold" } as const)).map(
    (payment) => ({
      type: payment.state === "refunded" ? "refunded-before" : "ordered",
      payment: paymentView(payment),
    }),
  );
