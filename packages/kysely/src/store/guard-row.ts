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
