import type { NewPurchase, Purchase, Timestamp } from "@likeness/core";
import { withoutNulls } from "../store/columns.ts";

export interface PurchaseRow {
  readonly id: string;
  readonly key: string;
  readonly owner_id: string;
  readonly credits: number;
  readonly amount: number;
  readonly currency: string;
  readonly created_at: Timestamp;
  readonly invoiced_at: Timestamp | null;
}

export const purchaseRow = (purchase: NewPurchase): PurchaseRow => ({
  id: purchase.id,
  key: purchase.key,
  owner_id: purchase.ownerId,
  credits: purchase.credits,
  amount: purchase.amount,
  currency: purchase.currency,
  created_at: purchase.createdAt,
  invoiced_at: null,
});

export const purchaseOf = (row: PurchaseRow): Purchase => ({
  id: row.id,
  ownerId: row.owner_id,
  credits: row.credits,
  amount: row.amount,
  currency: row.currency,
  createdAt: row.created_at,
  ...withoutNulls({ invoicedAt: row.invoiced_at }),
});
