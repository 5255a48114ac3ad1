import type { Migration } from "../migration.ts";
import { createCreditAccount, createCreditEntry, createCreditHold } from "./credit-tables.ts";

/** Accounts of credits: balances, entries and holds. */
export const credits: Migration = {
  up: async (db) => {
    await createCreditAccount(db);
    await createCreditEntry(db);
    await createCreditHold(db);
  },
};
