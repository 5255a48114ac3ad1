import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** The deliveries of an owner without an outcome: those of others, and the owner's that have one, are not read to find them. */
export const owedToOwner: Migration = {
  up: async ({ schema }) => {
    const owed = schema.createIndex("likeness_webhook_inbox_owed").on("likeness_webhook_inbox");
    await owed.columns(["owner_id", "received_at", "id"]).where(sql.ref("settled_at"), "is", null).execute();
  },
};
