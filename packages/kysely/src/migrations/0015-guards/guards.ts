import { count, primaryKey, required, time } from "../0001-tables/columns.ts";
import type { Migration } from "../migration.ts";
import { countEveryKind } from "./counted-orders.ts";
import { createErasedCount } from "./erased-count-table.ts";

/** What limits all orders of a deployment, and orders of every kind counted for the limits of their owners. */
export const guards: Migration = {
  up: async (db) => {
    await countEveryKind(db);
    await createErasedCount(db);
    await db.schema
      .createTable("likeness_spending")
      .addColumn("day", "text", primaryKey)
      .addColumn("amount", "integer", count("amount"))
      .execute();
    await db.schema
      .createTable("likeness_switch")
      .addColumn("name", "text", primaryKey)
      .addColumn("state", "text", required)
      .addColumn("switched_at", "text", time("switched_at"))
      .execute();
  },
};
