import type { Clock, Purchases, StorageFailure } from "@likeness/core";
import { kyselyCredits, kyselyPurchases, type CreditPrices, type KyselyCredits } from "@likeness/kysely";
import { ResultAsync } from "neverthrow";
import type { Storage } from "./storage/storage.ts";

export interface Accounts {
  /** Absent: orders cost their owners nothing. */
  readonly credits: KyselyCredits | undefined;
  /** Its `pseudonymise` and `statement` reach the accounts also where `credits` is absent. */
  readonly purchases: Purchases;
}

const free: CreditPrices = { training: 0, image: 0, upscale: 0 };

/** What people have and have paid. Both outlive the settings that they come from, so an erasure always has to reach them. */
export function openAccounts(
  { db, jobsWithin }: Pick<Storage, "db" | "jobsWithin">,
  { prices, clock }: { readonly prices: CreditPrices | undefined; readonly clock: Clock },
): Accounts {
  const ledger = kyselyCredits(db, { prices: prices ?? free, clock });
  const purchases = kyselyPurchases(db, { credits: ledger, jobs: jobsWithin });
  if (prices) return { credits: ledger, purchases };
  const pseudonymise: Purchases["pseudonymise"] = (ownerId, pseudonym) =>
    ledger
      .pseudonymise(ownerId, pseudonym)
      .mapErr(({ cause }) => ({ type: "storage-failure", cause }) as const)
      .andThen(() => purchases.pseudonymise(ownerId, pseudonym));
  const statement: Purchases["statement"] = (ownerId) =>
    ResultAsync.combine([
      purchases.statement(ownerId),
      ledger.statement(ownerId).mapErr(({ cause }): StorageFailure => ({ type: "storage-failure", cause })),
    ]).map(([sold, account]) => (sold || account ? { purchases: [], payments: [], ...sold, account } : undefined));
  return { credits: undefined, purchases: { ...purchases, pseudonymise, statement } };
}
