import { sql, type Kysely } from "kysely";
import { optionalTime, primaryKey, required, time } from "../0001-tables/columns.ts";
import type { Migration } from "../migration.ts";

/** What operators have done and dismissed, and indexes for what they ask. */
export const operator: Migration = {
  up: async (db) => {
    await createAudit(db);
    await indexWatchedRows(db);
    await indexFigures(db);
  },
};

/** Subjects are ids that name nobody, so the tables keep nothing of an erased owner. */
async function createAudit({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_audit")
    .addColumn("id", "text", primaryKey)
    .addColumn("operator", "text", required)
    .addColumn("action", "text", required)
    .addColumn("subject_type", "text", required)
    .addColumn("subject_id", "text", required)
    .addColumn("at", "text", time("at"))
    .addColumn("outcome", "text")
    .addColumn("ended_at", "text", optionalTime("ended_at"))
    .addCheckConstraint("ended_whole", sql`(outcome is null) = (ended_at is null)`)
    .execute();
  const index = (name: string, columns: string[]) => schema.createIndex(name).on("likeness_audit").columns(columns);
  await index("likeness_audit_at", ["at", "id"]).execute();
  await index("likeness_audit_subject", ["subject_type", "subject_id", "at", "id"]).execute();

  await schema
    .createTable("likeness_dismissal")
    .addColumn("subject_type", "text", required)
    .addColumn("subject_id", "text", required)
    .addColumn("at", "text", time("at"))
    .addPrimaryKeyConstraint("likeness_dismissal_once", ["subject_type", "subject_id"])
    .execute();
}

const active = ["requested", "submitting", "submitted", "unknown"];
const idle = ["foreign", "unknown_order", "malformed", "given_up"];
const list = (values: readonly string[]) => values.map((value) => sql.lit(value));

/** Partial indexes, because what waits or needs a person is little, however much has ended. */
async function indexWatchedRows({ schema }: Kysely<unknown>): Promise<void> {
  const orders = (name: string) => schema.createIndex(name).on("likeness_order");
  const underWay = orders("likeness_order_under_way").columns(["kind", "status", "created_at"]);
  await underWay.where(sql.ref("status"), "in", list(active)).execute();
  const unknown = orders("likeness_order_unknown").columns(["submit_started_at", "id"]);
  await unknown.where(sql.ref("status"), "=", sql.lit("unknown")).execute();
  const late = orders("likeness_order_late_training").columns(["finished_at", "id"]);
  await late
    .where(sql.ref("kind"), "=", sql.lit("training"))
    .where(sql.ref("status"), "in", list(["failed", "cancelled"]))
    .where(sql.ref("outcome"), "is not", null)
    .execute();
  const uncopied = orders("likeness_order_uncopied_training").columns(["finished_at", "id"]);
  await uncopied
    .where(sql.ref("kind"), "=", sql.lit("training"))
    .where(sql.ref("uncopied"), "=", sql.lit(1))
    .where(sql.ref("next_check_at"), "is", null)
    .execute();

  const messages = (name: string) => schema.createIndex(name).on("likeness_notification");
  const open = messages("likeness_notification_open").columns(["created_at", "status"]);
  await open.where(sql.ref("status"), "in", list(["pending", "sending"])).execute();
  const dead = messages("likeness_notification_dead").columns(["created_at", "id"]);
  await dead
    .where(sql.ref("status"), "=", sql.lit("dead"))
    .where(sql.ref("failure_detail"), "<>", sql.lit("overtaken"))
    .execute();
  await messages("likeness_notification_of_order").columns(["order_id", "created_at", "id"]).execute();

  const inbox = schema.createIndex("likeness_webhook_inbox_idle").on("likeness_webhook_inbox");
  await inbox.columns(["settled_at", "id"]).where(sql.ref("outcome"), "in", list(idle)).execute();
}

/** For what happened in some days. */
async function indexFigures({ schema }: Kysely<unknown>): Promise<void> {
  // Conditions that only these questions repeat, so that no database takes the index for others: every kind has a name.
  const ended = schema.createIndex("likeness_order_ended").on("likeness_order");
  await ended
    .columns(["kind", "finished_at", "status", "failure_reason", "id"])
    .where(sql.ref("status"), "in", list(["succeeded", "failed", "cancelled"]))
    .where(sql.ref("kind"), "<>", sql.lit(""))
    .execute();
  const refused = schema.createIndex("likeness_photo_rejected").on("likeness_photo").columns(["created_at", "id"]);
  await refused.where(sql.ref("status"), "=", sql.lit("rejected")).execute();
  const entries = schema.createIndex("likeness_credit_entry_at").on("likeness_credit_entry");
  await entries.columns(["created_at", "kind", "amount"]).execute();
  const payments = (name: string) => schema.createIndex(name).on("likeness_payment");
  await payments("likeness_payment_paid").columns(["paid_at", "currency", "amount"]).execute();
  await payments("likeness_payment_refunded")
    .columns(["refunded_at", "currency", "amount"])
    .where(sql.ref("refunded_at"), "is not", null)
    .execute();
}
