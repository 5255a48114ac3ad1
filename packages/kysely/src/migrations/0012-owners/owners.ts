import type { Migration } from "../migration.ts";
import { createConsent } from "./consent-table.ts";
import { createOwner } from "./owner-table.ts";

/** What owners have chosen, and what they have consented to. Owners who are there already are asked like new ones. */
export const owners: Migration = {
  up: async (db) => {
    await createOwner(db);
    await createConsent(db);
  },
};
