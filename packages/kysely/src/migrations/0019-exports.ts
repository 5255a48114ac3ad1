import { optionalTime } from "./0001-tables/columns.ts";
import type { Migration } from "./migration.ts";

/** The last export of an owner, and an index of purchases by their age. */
export const exports: Migration = {
  up: async ({ schema }) => {
    await schema.alterTable("likeness_owner").addColumn("export_id", "text").execute();
    await schema.alterTable("likeness_owner").addColumn("exported_at", "text", optionalTime("exported_at")).execute();
    const opened = schema.createIndex("likeness_purchase_opened").on("likeness_purchase");
    await opened.columns(["created_at", "id"]).execute();
  },
};
