import { describePurchases } from "../contracts/purchases/describe-purchases.ts";
import { memoryCredits } from "./memory-credits.ts";
import { memoryPurchases } from "./memory-purchases.ts";

describePurchases("memory", async (jobs) => {
  const ledger = memoryCredits({ prices: {} });
  return { ledger, purchases: memoryPurchases({ ledger, jobs }) };
});
