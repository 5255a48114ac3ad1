import type { Migration } from "../migration.ts";
import { createPayment, createPurchase } from "./purchase-tables.ts";

/** What people mean to buy, and what they have paid. */
export const purchases: Migration = {
  up: async (db) => {
    await createPurchase(db);
    await createPayment(db);
  },
};
