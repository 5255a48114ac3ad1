import { describe } from "vitest";
import { describeCreditRaces } from "./describe-credit-races.ts";
import { describeOptionalCredits } from "./describe-optional-credits.ts";
import { describeReserving } from "./describe-reserving.ts";
import type { CreateCredits, CreditsAbility } from "./subject.ts";

/**
 * The contract of `Credits`, for a host with its own billing. `create` is called once per test. Name the optional
 * methods that yours has. With a ledger, run `describeLedger` too.
 *
 * @example
 * describeCredits(
 *   "memory",
 *   async () => {
 *     const credits = memoryCredits({ prices: { training: 10 } });
 *     const fund = async (ownerId: string, amount: number) => credits.topUp({ ownerId, amount, reference: ownerId });
 *     return { credits, price: 10, fund };
 *   },
 *   ["quote", "balance"],
 * );
 */
export function describeCredits(name: string, create: CreateCredits, abilities: readonly CreditsAbility[] = []): void {
  describe(`Credits: ${name}`, () => {
    describeReserving(create);
    describeCreditRaces(create);
    if (abilities.length > 0) describeOptionalCredits(create, abilities);
  });
}
