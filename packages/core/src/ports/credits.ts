import { okAsync, type ResultAsync } from "neverthrow";
import type { Order } from "../orders/order.ts";

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
}

/** What they cost in all, e.g. `{ amount: 4, unit: "credits" }`. */
export interface Quote {
  readonly amount: number;
  readonly unit: string;
}

/**
 * What an order costs its owner. Every method is keyed by the order's id and safe to repeat: the core may call
 * `capture` and `release` more than once, and `release` without a reservation. If no order with the id is stored
 * within an hour (the process died, or the database's answer was lost), the reservation may be dropped. Released
 * credits are never captured later, even if an operator adopts a late result.
 */
export interface Credits {
  /** What orders of a kind cost their owner, for the card before they are placed. Absent: no price is shown. */
  readonly quote?: ((wanted: Wanted) => ResultAsync<Quote | undefined, CreditsFailure>) | undefined;
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
