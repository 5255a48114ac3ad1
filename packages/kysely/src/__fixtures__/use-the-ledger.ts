import type { LedgerCredits } from "@likeness/core";
import { aTraining, testStart, valueOf } from "@likeness/testing";

/** Calls every method of the ledger, with prices of 10 for a training. */
export async function useTheLedger(credits: LedgerCredits): Promise<void> {
  const ownerId = "owner:1";
  const [captured, released] = [aTraining("requested", { ownerId }), aTraining("requested", { ownerId })];
  await valueOf(credits.topUp({ ownerId, amount: 100, reference: "one" }));
  for (const order of [captured, captured, released]) await valueOf(credits.reserve(order));
  await valueOf(credits.openHolds(testStart, 10));
  await valueOf(credits.capture(captured.id));
  await valueOf(credits.refund({ ownerId, amount: 200, reference: "one" }));
  await valueOf(credits.release(released.id));
  await valueOf(credits.adjust({ ownerId, amount: 300, reason: "gift", reference: "one" }));
  await valueOf(credits.balance(ownerId));
  await valueOf(credits.history(ownerId, { limit: 10, olderThan: 3 }));
  await valueOf(credits.statement(ownerId));
  await valueOf(credits.pseudonymise(ownerId, "someone"));
}
