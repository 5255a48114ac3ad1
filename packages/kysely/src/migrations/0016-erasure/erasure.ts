import type { Migration } from "../migration.ts";
import { createErasure } from "./erasure-table.ts";
import { nameOwners } from "./owners-of-rows.ts";

/** Erasures of owners, and whose the sessions and deliveries are. */
export const erasure: Migration = {
  up: async (db) => {
    await createErasure(db);
    await nameOwners(db);
  },
};
