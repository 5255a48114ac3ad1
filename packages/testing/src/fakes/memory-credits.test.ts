import { describeCredits } from "../contracts/credits/describe-credits.ts";
import { describeLedger } from "../contracts/credits/describe-ledger.ts";
import { memoryCredits } from "./memory-credits.ts";

const price = 10;
const prices = { training: price };

describeCredits(
  "memory",
  async () => {
    const credits = memoryCredits({ prices });
    return { credits, price, fund: async (ownerId, amount) => credits.topUp({ ownerId, amount, reference: ownerId }) };
  },
  ["quote", "balance", "openHolds", "pseudonymise"],
);

describeLedger("memory", async () => ({ ledger: memoryCredits({ prices }), price }));
