import { sql } from "kysely";
import { flag, optionalTime, primaryKey, required, time } from "./0001-tables/columns.ts";
import type { Migration } from "./migration.ts";

/**
 * Allows deliveries without a training: `training_id` may be null. SQLite cannot drop a constraint of a column, so the
 * table is created again and copied, as https://www.sqlite.org/lang_altertable.html#otheralter advises.
 */
export const faceDeliveries: Migration = {
  up: async (db) => {
    const { schema } = db;
    await schema
      .createTable("likeness_webhook_inbox_new")
      .addColumn("id", "text", primaryKey)
      .addColumn("source", "text", required)
      .addColumn("request_id", "text", required)
      .addColumn("digest", "text", required)
      .addColumn("training_id", "text")
      .addColumn("headers", "text", required)
      .addColumn("body", "text", required)
      .addColumn("received_at", "text", time("received_at"))
      .addColumn("verified", "integer", flag("verified"))
      .addColumn("outcome", "text")
      .addColumn("settled_at", "text", optionalTime("settled_at"))
      .addCheckConstraint("settled_whole", sql`(outcome is null) = (settled_at is null)`)
      .execute();

    const columns = [
      "id",
      "source",
      "request_id",
      "digest",
      "training_id",
      "headers",
      "body",
      "received_at",
      "verified",
      "outcome",
      "settled_at",
    ];
    const kept = db.selectFrom("likeness_webhook_inbox").select(columns);
    await db.insertInto("likeness_webhook_inbox_new").columns(columns).expression(kept).execute();
    await schema.dropTable("likeness_webhook_inbox").execute();
    await schema.alterTable("likeness_webhook_inbox_new").renameTo("likeness_webhook_inbox").execute();

    const unique = schema.createIndex("likeness_webhook_inbox_delivery").unique().on("likeness_webhook_inbox");
    await unique.columns(["source", "request_id", "digest"]).execute();

    const unsettled = schema
      .createIndex("likeness_webhook_inbox_unsettled")
      .on("likeness_webhook_inbox")
      .columns(["received_at", "id"]);
    await unsettled.where(sql.ref("settled_at"), "is", null).execute();

    const settled = schema
      .createIndex("likeness_webhook_inbox_settled")
      .on("likeness_webhook_inbox")
      .column("settled_at");
    await settled.where(sql.ref("settled_at"), "is not", null).execute();
  },
};
