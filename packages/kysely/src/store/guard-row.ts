import type { Timestamp } from "@likeness/core";

export interface SpendingRow {
  /** A day in UTC. */
  readonly day: string;
  /** Hundredths of a US cent. */
  readonly amount: number;
}

/** What an operator has switched; there is one switch. */
export interface SwitchRow {
  readonly name: "paid-work";
  readonly state: "on" | "off";
  readonly switched_at: Timestamp;
}

/** What an erased order, or set, counts for the limits of its owner. */
export interface ErasedCountRow {
  readonly id: string;
  /** Hex SHA-256 of the owner's id. */
  readonly owner_digest: string;
  readonly placed_at: Timestamp;
  readonly active_until: Timestamp | null;
  readonly keep_until: Timestamp;
}
