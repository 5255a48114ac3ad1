import type { Charge, Payment } from "./payment.ts";
import type { Purchase } from "./purchase.ts";

/**
 * The payment that a charge is stored as. Its credits are those of the purchase that was paid, and belong to the person
 * who paid. A charge that names no purchase, or pays another price, is kept for the operator.
 */
export function bookCharge({ at, purchaseId, ...charge }: Charge, purchase: Purchase | undefined): Payment {
  const pays = purchase?.amount === charge.amount && purchase.currency === charge.currency;
  const booked = pays ? ({ state: "booked", credits: purchase.credits } as const) : undefined;
  return {
    ...charge,
    ...(purchaseId !== undefined && { purchaseId }),
    ...(booked ?? { state: "unassigned", credits: 0 }),
    paidAt: at,
    told: false,
  };
}
