import type { Purchases } from "@likeness/core";
import { aCharge, aPurchase, testStart, valueOf } from "@likeness/testing";

/** Calls every method of the purchases, on what is there and on what is not. */
export async function useTheShop(purchases: Purchases): Promise<void> {
  const [paid, unpaid] = [aPurchase(), aPurchase()];
  for (const purchase of [paid, paid, unpaid]) await valueOf(purchases.open(purchase));
  const charge = aCharge(paid);
  const { chargeId, ownerId } = charge;
  await valueOf(purchases.find(paid.id));
  await valueOf(purchases.noteInvoice(paid.id, testStart));
  for (const _ of [1, 2]) await valueOf(purchases.pay(charge));
  await valueOf(purchases.noteTold(chargeId, "booked"));
  await valueOf(purchases.askRefund({ chargeId, ownerId, at: testStart }));
  await valueOf(purchases.orderRefund({ chargeId, at: testStart }));
  for (const _ of [1, 2]) await valueOf(purchases.refunded(charge));
  for (const filter of [{ ownerId }, { chargeIds: [chargeId] }, { need: "attention" }, { need: "untold" }] as const)
    for (const after of [undefined, { paidAt: testStart, chargeId }])
      await valueOf(purchases.listPayments(filter, 10, after));
  await valueOf(purchases.statement(ownerId));
  await valueOf(purchases.deleteUnpaid(testStart, 10));
  await valueOf(purchases.pseudonymise(ownerId, "someone"));
}
