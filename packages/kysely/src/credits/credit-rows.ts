import type { AdjustReason, EntryKind, LedgerEntry, LedgerHold, Timestamp } from "@likeness/core";
import { withoutNulls } from "../store/columns.ts";

export interface CreditAccountRow {
  readonly owner_id: string;
  readonly balance: number;
  readonly held: number;
  readonly owed: number;
  readonly entries: number;
}

export interface CreditEntryRow {
  readonly id: string;
  readonly owner_id: string;
  readonly number: number;
  readonly kind: EntryKind;
  readonly amount: number;
  readonly owed: number;
  readonly reference: string;
  readonly reason: AdjustReason | null;
  readonly created_at: Timestamp;
}

export interface CreditHoldRow {
  /** The order's id. */
  readonly id: string;
  readonly owner_id: string;
  readonly amount: number;
  readonly state: LedgerHold["state"];
  readonly created_at: Timestamp;
  readonly settled_at: Timestamp | null;
}

/** The number is found when the row is written. */
export const entryRow = (entry: Omit<LedgerEntry, "number">): Omit<CreditEntryRow, "number"> => ({
  id: entry.id,
  owner_id: entry.ownerId,
  kind: entry.kind,
  amount: entry.amount,
  owed: entry.owed,
  reference: entry.reference,
  reason: entry.reason ?? null,
  created_at: entry.createdAt,
});

export const holdOf = (row: CreditHoldRow): LedgerHold => ({
  orderId: row.id,
  amount: row.amount,
  state: row.state,
  createdAt: row.created_at,
  ...withoutNulls({ settledAt: row.settled_at }),
});

export const entryOf = (row: CreditEntryRow): LedgerEntry => ({
  id: row.id,
  ownerId: row.owner_id,
  number: row.number,
  kind: row.kind,
  amount: row.amount,
  owed: row.owed,
  reference: row.reference,
  ...withoutNulls({ reason: row.reason }),
  createdAt: row.created_at,
});
