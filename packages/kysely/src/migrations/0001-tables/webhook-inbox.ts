import { sql, type Kysely } from "kysely";
import { flag, optionalTime, primaryKey, required, time } from "./columns.ts";

/** Without a foreign key: a delivery may be about a training that was erased, or is missing from a restored backup. */
export async function createWebhookInbox({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_webhook_inbox")
    .addColumn("id", "text", primaryKey)
    .addColumn("source", "text", required)
    .addColumn("request_id", "text", required)
    .addColumn("digest", "text", required)
    .addColumn("training_id", "text", required)
    .addColumn("headers", "text", required)
    .addColumn("body", "text", required)
    .addColumn("received_at", "text", time("received_at"))
    .addColumn("verified", "integer", flag("verified"))
    .addColumn("outcome", "text")
    .addColumn("settled_at", "text", optionalTime("settled_at"))
    .addCheckConstraint("settled_whole", sql`(outcome is null) = (settled_at is null)`)
    .execute();

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
}
