import type { ResultAsync } from "neverthrow";
import type { Timestamp } from "../values/timestamp.ts";
import type { CreditBalance, Credits, CreditsFailure } from "./credits.ts";

/** Why credits were given or taken by hand. */
export const adjustReasons = ["promo", "gift", "correction"] as const;
export type AdjustReason = (typeof adjustReasons)[number];

/**
 * `top_up`: bought. `capture`: spent on an order. `refund`: the money was given back. `adjust`: given or taken for a
 * reason. `debt`: what was owed is paid from what became free.
 */
export const entryKinds = ["top_up", "capture", "refund", "adjust", "debt"] as const;
export type EntryKind = (typeof entryKinds)[number];

/**
 * One change of an account, which is never changed or deleted. The balance of an account is the sum of the amounts of
 * its entries, and what is owed is the sum of their `owed`.
 */
export interface LedgerEntry {
  readonly id: string;
  readonly ownerId: string;
  /** 1, 2, 3, … in an account, in the order in which they were booked. */
  readonly number: number;
  readonly kind: EntryKind;
  /** What it adds to the balance, negative if it takes; 0 where all of a refund is owed. */
  readonly amount: number;
  /** What it adds to what is owed, negative if it pays. */
  readonly owed: number;
  /** Unique among the entries of its kind. */
  readonly reference: string;
  /** Of an `adjust` only. */
  readonly reason?: AdjustReason | undefined;
  readonly createdAt: Timestamp;
}

/** A payment that was made, or given back. */
export interface Booking {
  readonly ownerId: string;
  /** Whole credits, 1 to 1,000,000,000. */
  readonly amount: number;
  /** What it is booked for, e.g. the id of a payment: the same reference is booked once. 1 to 200 characters. */
  readonly reference: string;
}

/** Credits given to an owner, or taken with a negative amount. */
export interface Adjustment extends Booking {
  readonly reason: AdjustReason;
}

/** `known`: the reference was booked before, and nothing has changed. `entry` is the one that is stored. */
export interface Booked {
  readonly type: "new" | "known";
  readonly entry: LedgerEntry;
}

/** The amount is no whole number, or out of bounds, or the account would be; or the reference is empty or too long. */
export interface InvalidBooking {
  readonly type: "invalid-booking";
  readonly detail: string;
}

/** An adjustment takes more than the owner can spend. */
export interface CreditsShort {
  readonly type: "credits-short";
  readonly balance: CreditBalance;
}

/** A page of an account. */
export interface HistoryPage {
  readonly limit: number;
  /** The number of the last entry of the page before. */
  readonly olderThan?: number | undefined;
}

/** Credits that are, or were, reserved for an order. */
export interface LedgerHold {
  readonly orderId: string;
  readonly amount: number;
  readonly state: "held" | "captured" | "released";
  readonly createdAt: Timestamp;
  /** When it was captured or released. */
  readonly settledAt?: Timestamp | undefined;
}

/** Everything in an account. */
export interface LedgerStatement extends CreditBalance {
  /** In the order in which they were booked. */
  readonly entries: readonly Omit<LedgerEntry, "ownerId">[];
  /** Oldest first. */
  readonly holds: readonly LedgerHold[];
}

/**
 * Accounts of credits, with an entry for every change. What is added pays first what the owner owes, by an entry of the
 * kind `debt`. Every function is safe to repeat.
 */
export interface Ledger {
  /** Adds what an owner has bought. */
  topUp(booking: Booking): ResultAsync<Booked, InvalidBooking | CreditsFailure>;
  /** Takes what was paid back: as much as the owner can spend, and the rest is owed. */
  refund(booking: Booking): ResultAsync<Booked, InvalidBooking | CreditsFailure>;
  /** Gives credits for a reason, or takes them. */
  adjust(adjustment: Adjustment): ResultAsync<Booked, InvalidBooking | CreditsShort | CreditsFailure>;
  balance(ownerId: string): ResultAsync<CreditBalance, CreditsFailure>;
  /** The entries of an owner, newest first. */
  history(ownerId: string, page: HistoryPage): ResultAsync<LedgerEntry[], CreditsFailure>;
  /** Everything in an owner's account, for their export; `undefined`: there is none. */
  statement(ownerId: string): ResultAsync<LedgerStatement | undefined, CreditsFailure>;
  /**
   * Replaces an erased owner's id in the account, its entries and its holds. Does nothing if there is an account with the
   * pseudonym: the same call again leaves what the owner has got since.
   */
  pseudonymise(ownerId: string, pseudonym: string): ResultAsync<void, CreditsFailure>;
}

/** Credits whose accounts are a ledger. */
export interface LedgerCredits extends Omit<Credits, keyof Ledger>, Ledger {
  readonly quote: NonNullable<Credits["quote"]>;
  readonly openHolds: NonNullable<Credits["openHolds"]>;
}
