import { sql, type Kysely } from "kysely";
import {
  count,
  filledExactlyIn,
  filledOnlyIn,
  ofAvatar,
  optionalTime,
  primaryKey,
  required,
  statuses,
  time,
} from "./columns.ts";

export async function createNotification({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_notification")
    .addColumn("id", "text", primaryKey)
    .addColumn("dedupe_key", "text", required)
    .addColumn("owner_id", "text", required)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("avatar_name", "text", required)
    .addColumn("training_id", "text", required)
    .addColumn("content", "text", required)
    .addColumn("status", "text", required)
    .addColumn("sent_at", "text", optionalTime("sent_at"))
    .addColumn("message_id", "text")
    .addColumn("failure_detail", "text")
    .addColumn("attempts", "integer", count("attempts"))
    .addColumn("due_at", "text", time("due_at"))
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("version", "integer", required)
    .$call(statuses(["pending", "sending", "sent", "undeliverable", "dead"]))
    .$call(filledExactlyIn(["sent"], ["sent_at"]))
    .$call(filledOnlyIn(["sent"], ["message_id"]))
    .$call(filledExactlyIn(["dead"], ["failure_detail"]))
    .execute();

  await schema
    .createIndex("likeness_notification_key")
    .unique()
    .on("likeness_notification")
    .column("dedupe_key")
    .execute();
  await schema.createIndex("likeness_notification_of_avatar").on("likeness_notification").column("avatar_id").execute();

  const due = schema.createIndex("likeness_notification_due").on("likeness_notification").columns(["due_at", "id"]);
  await due.where(sql.ref("status"), "in", [sql.lit("pending"), sql.lit("sending")]).execute();

  const undeliverable = schema.createIndex("likeness_notification_undeliverable").on("likeness_notification");
  const ofOwner = undeliverable.columns(["owner_id", "created_at", "id"]);
  await ofOwner.where(sql.ref("status"), "=", sql.lit("undeliverable")).execute();
}
