import { systemClock, uuidV7 } from "@likeness/core";
import type { Clock, CreditsFailure, Ledger, LedgerCredits, StorageFailure } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { balanceOf } from "./accounts.ts";
import { adjust, refund, topUp } from "./bookings.ts";
import { history } from "./history.ts";
import { hold, openHolds, settle } from "./holds.ts";
import { checkPrices, type CreditPrices } from "./prices.ts";
import { pseudonymise } from "./pseudonymise.ts";
import { statement } from "./statement.ts";

export interface KyselyCreditsOptions {
  readonly prices: CreditPrices;
  /** What a price is counted in, `credits` where absent. */
  readonly unit?: string | undefined;
  readonly clock?: Clock | undefined;
}

/** Everything of it can run in a transaction of the caller. */
export interface KyselyCredits extends LedgerCredits {
  /**
   * The same in an open transaction, so that e.g. a payment and its entry commit together. The caller rolls back after
   * an `Err`, and has to if it is a `credits-failure`.
   */
  within(tx: Kysely<Database>): KyselyCredits;
}

/**
 * Credits with a ledger, in the migrated database of the store or in one of its own. Throws for an invalid price, which
 * is a mistake in the host's code.
 *
 * @example
 * const credits = kyselyCredits(db, { prices: { training: 100, image: 10, upscale: 5 } });
 * const given = await credits.adjust({ ownerId: "telegram:42", amount: 100, reason: "gift", reference: "welcome-42" });
 * if (given.isErr()) throw new Error(`nothing was given: ${given.error.type}`);
 */
export function kyselyCredits(
  db: Kysely<Database>,
  { prices, unit = "credits", clock = systemClock }: KyselyCreditsOptions,
): KyselyCredits {
  checkPrices(prices);
  const context = { clock, ids: uuidV7(clock), unit };
  const priceOf = (kind: string): number | undefined => (Object.hasOwn(prices, kind) ? prices[kind] : undefined);

  const within = (executor: Kysely<Database>): KyselyCredits => {
    const changing = <T, E extends Tagged>(
      work: (tx: Kysely<Database>) => ResultAsync<T, E>,
    ): ResultAsync<T, Exclude<E, StorageFailure> | CreditsFailure> =>
      transaction(executor, work).mapErr(creditsFailure<E>);
    const balance: Ledger["balance"] = (ownerId) =>
      attempt(executor, () => balanceOf(executor, ownerId, unit)).mapErr(creditsFailure);
    return {
      within,
      quote: ({ kind, count }) => {
        const price = priceOf(kind);
        return okAsync(price === undefined ? undefined : { amount: price * count, unit });
      },
      balance,
      openHolds: (...page) => openHolds(executor, ...page).mapErr(creditsFailure),
      reserve: (order) => {
        const price = priceOf(order.kind);
        if (price === undefined) return errAsync(noPrice(order.kind));
        return price === 0 ? okAsync(undefined) : changing((tx) => hold(tx, context, order, price));
      },
      capture: (orderId) => changing((tx) => settle(tx, context, orderId, "captured")),
      release: (orderId) => changing((tx) => settle(tx, context, orderId, "released")),
      topUp: (booking) => changing((tx) => topUp(tx, context, booking)),
      refund: (booking) => changing((tx) => refund(tx, context, booking)),
      adjust: (adjustment) => changing((tx) => adjust(tx, context, adjustment)),
      history: (ownerId, page) => history(executor, ownerId, page).mapErr(creditsFailure),
      statement: (ownerId) => statement(executor, ownerId, unit).mapErr(creditsFailure),
      pseudonymise: (ownerId, pseudonym) => changing((tx) => pseudonymise(tx, ownerId, pseudonym)),
    };
  };
  return within(db);
}

const noPrice = (kind: string): CreditsFailure => ({
  type: "credits-failure",
  cause: new Error(`orders of the kind ${kind} have no price`),
});

interface Tagged {
  readonly type: string;
}

const creditsFailure = <E extends Tagged>(error: E | StorageFailure): Exclude<E, StorageFailure> | CreditsFailure =>
  isStorageFailure(error) ? { type: "credits-failure", cause: error.cause } : (error as Exclude<E, StorageFailure>);

const isStorageFailure = (error: Tagged): error is StorageFailure => error.type === "storage-failure";
