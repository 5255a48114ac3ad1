import type { Migration } from "../migration.ts";
import { createPicture } from "./picture-table.ts";
import { addSets } from "./sets-of-orders.ts";

/** Orders that are placed together, and the pictures that they yield. */
export const pictures: Migration = {
  up: async (db) => {
    await addSets(db);
    await createPicture(db);
  },
};
