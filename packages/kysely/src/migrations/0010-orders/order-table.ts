import { sql, type Kysely } from "kysely";
import {
  filledExactlyIn,
  filledIn,
  filledOnlyIn,
  flag,
  ofAvatar,
  optionalTime,
  primaryKey,
  required,
  statuses,
  time,
} from "../0001-tables/columns.ts";

const active = ["requested", "submitting", "submitted", "unknown"] as const;
const ended = ["succeeded", "failed", "cancelled"] as const;

/** One table for every kind of paid request. */
export async function createOrder({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_order")
    .addColumn("id", "text", primaryKey)
    .addColumn("kind", "text", required)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("owner_id", "text", required)
    .addColumn("provider", "text", required)
    .addColumn("idempotency_key", "text", required)
    .addColumn("snapshot", "text", required)
    .addColumn("status", "text", required)
    .addColumn("prepared", "text")
    .addColumn("submit_started_at", "text", optionalTime("submit_started_at"))
    .addColumn("submitted_at", "text", optionalTime("submitted_at"))
    .addColumn("finished_at", "text", optionalTime("finished_at"))
    .addColumn("request_id", "text")
    .addColumn("status_url", "text")
    .addColumn("response_url", "text")
    .addColumn("cancel_url", "text")
    .addColumn("progress", "text")
    .addColumn("failure_reason", "text")
    .addColumn("failure_detail", "text")
    .addColumn("outcome", "text")
    .addColumn("uncopied", "integer", flag("uncopied"))
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("next_check_at", "text", optionalTime("next_check_at"))
    .addColumn("deadline_at", "text", optionalTime("deadline_at"))
    .addColumn("version", "integer", required)
    .$call(statuses([...active, ...ended]))
    .$call(filledIn(["submitting", "submitted", "unknown"], ["prepared"]))
    .$call(filledExactlyIn(["submitting", "unknown"], ["submit_started_at"]))
    .$call(filledExactlyIn(["submitted", "succeeded"], ["submitted_at"]))
    .$call(filledExactlyIn(ended, ["finished_at"]))
    .$call(filledIn(["submitted", "succeeded"], ["request_id"]))
    .$call(filledOnlyIn(["submitted", "succeeded", "failed", "cancelled"], ["request_id"]))
    .$call(filledExactlyIn(["submitted"], ["progress"]))
    .$call(filledExactlyIn(["failed"], ["failure_reason"]))
    .$call(filledOnlyIn(["failed"], ["failure_detail"]))
    .$call(filledIn(["succeeded"], ["outcome"]))
    .$call(filledOnlyIn(ended, ["outcome"]))
    .addCheckConstraint("uncopied_outcome", sql`outcome is not null or uncopied = 0`)
    .execute();

  const unique = (name: string) => schema.createIndex(name).unique().on("likeness_order");
  await unique("likeness_order_key").column("idempotency_key").execute();
  await unique("likeness_order_request").columns(["provider", "request_id"]).execute();
  const training = unique("likeness_order_training")
    .column("avatar_id")
    .where(sql.ref("kind"), "=", sql.lit("training"));
  await training
    .where(
      sql.ref("status"),
      "in",
      active.map((status) => sql.lit(status)),
    )
    .execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_order");
  await index("likeness_order_of_avatar").columns(["avatar_id", "created_at", "id"]).execute();
  const due = index("likeness_order_due").columns(["next_check_at", "id"]);
  await due.where(sql.ref("next_check_at"), "is not", null).execute();
  const late = index("likeness_order_late").columns(["finished_at", "id"]);
  await late
    .where(sql.ref("status"), "in", [sql.lit("failed"), sql.lit("cancelled")])
    .where(sql.ref("outcome"), "is not", null)
    .execute();
  const uncopied = index("likeness_order_uncopied").columns(["finished_at", "id"]);
  await uncopied.where(sql.ref("uncopied"), "=", sql.lit(1)).execute();

  await createOrderBlob(schema);
}

/** The blobs of an order, so that the orders that need a blob can be found by its key. */
async function createOrderBlob(schema: Kysely<unknown>["schema"]): Promise<void> {
  await schema
    .createTable("likeness_order_blob")
    .addColumn("order_id", "text", (column) => column.notNull().references("likeness_order.id").onDelete("cascade"))
    .addColumn("use", "text", (column) => column.notNull().check(sql`${sql.ref("use")} in ('photo', 'outcome')`))
    .addColumn("blob_key", "text", required)
    .addPrimaryKeyConstraint("likeness_order_blob_once", ["order_id", "use", "blob_key"])
    .execute();
  await schema.createIndex("likeness_order_blob_key").on("likeness_order_blob").column("blob_key").execute();
}
