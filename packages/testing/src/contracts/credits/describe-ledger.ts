import { describe } from "vitest";
import { describeAnyBookings } from "./describe-any-bookings.ts";
import { describeBookings } from "./describe-bookings.ts";
import { describeDebt } from "./describe-debt.ts";
import { describeHistory } from "./describe-history.ts";
import type { CreateLedger } from "./subject.ts";

/**
 * The contract of credits with a `Ledger`; run `describeCredits` too. `create` is called once per test and returns an
 * empty ledger.
 *
 * @example
 * describeLedger("memory", async () => ({ ledger: memoryCredits({ prices: { training: 10 } }), price: 10 }));
 */
export function describeLedger(name: string, create: CreateLedger): void {
  describe(`Ledger: ${name}`, () => {
    describeBookings(create);
    describeDebt(create);
    describeHistory(create);
    describeAnyBookings(create);
  });
}
