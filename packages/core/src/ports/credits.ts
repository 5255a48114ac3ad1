import { okAsync, type ResultAsync } from "neverthrow";
import type { Order } from "../orders/order.ts";
import type { Timestamp } from "../values/timestamp.ts";

/** The owner does not have enough credits. */
export interface CreditsRefused {
  readonly type: "credits-refused";
  readonly detail: string;
}

export interface CreditsFailure {
  readonly type: "credits-failure";
  readonly cause: unknown;
}

/** Orders that an owner is about to place. */
export interface Wanted {
  readonly actor: string;
  /** e.g. `image`. */
  readonly kind: string;
  readonly count: number;
  /** Of pictures: the size in which each comes, in pixels, so that a host may charge by it. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** What they cost in all, e.g. `{ amount: 4, unit: "credits" }`. */
export interface Quote {
  readonly amount: number;
  readonly unit: string;
}

/** What an owner has. Whole numbers, `0 <= held <= balance`. */
export interface CreditBalance {
  /** Everything that the owner has not spent, held credits included. */
  readonly balance: number;
  /** Reserved for orders under way; `balance - held` can be spent. */
  readonly held: number;
  /** Refunded after it was spent: paid first by what is added next. Until then nothing is reserved. */
  readonly owed: number;
  /** e.g. `credits`. */
  readonly unit: string;
}

/**
 * What an order costs its owner. Every method is keyed by the order's id and safe to repeat: the core may call
 * `capture` and `release` more than once, and `release` without a reservation. The first of the two decides: released
 * credits are never captured later, even if an operator adopts a late result, and captured ones never released. If no
 * order with the id is stored within an hour (the process died, or the database's answer was lost), the reservation may
 * be dropped. Run `describeCredits` of `@likeness/testing` against yours.
 */
export interface Credits {
  /** What orders of a kind cost their owner, for the card before they are placed. Absent: no price is shown. */
  readonly quote?: ((wanted: Wanted) => ResultAsync<Quote | undefined, CreditsFailure>) | undefined;
  /** What an owner has; an owner who never had credits has 0. Absent: no balance is shown. */
  readonly balance?: ((ownerId: string) => ResultAsync<CreditBalance, CreditsFailure>) | undefined;
  /**
   * Ids of the orders whose reservations are older than a moment and neither captured nor released, in the order of
   * their ids; the next page begins after the last id of this one. The core releases those that have no order, and
   * captures or releases those whose order has ended. Absent: the host looks for them.
   */
  readonly openHolds?:
    ((before: Timestamp, limit: number, afterId?: string) => ResultAsync<string[], CreditsFailure>) | undefined;
  /**
   * Replaces an erased owner's id everywhere. The amounts stay, because they are accounts. A pseudonym is used once: the
   * same call again does nothing, and leaves what the owner has got since. Absent: nothing of the owner is kept.
   */
  readonly pseudonymise?: ((ownerId: string, pseudonym: string) => ResultAsync<void, CreditsFailure>) | undefined;
  /**
   * What is stored about an owner, for their export: becomes the file `credits.json`. `undefined`: nothing. Absent: the
   * host exports its accounts itself.
   */
  readonly statement?: ((ownerId: string) => ResultAsync<object | undefined, CreditsFailure>) | undefined;
  /** Refuses if the owner has too little, or if the order's reservation was released before. */
  reserve(order: Order): ResultAsync<void, CreditsRefused | CreditsFailure>;
  capture(orderId: string): ResultAsync<void, CreditsFailure>;
  release(orderId: string): ResultAsync<void, CreditsFailure>;
}

/** Orders cost their owners nothing. The default. */
export const freeOfCharge: Credits = {
  reserve: () => okAsync(undefined),
  capture: () => okAsync(undefined),
  release: () => okAsync(undefined),
};
