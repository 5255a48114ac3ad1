import { sql, type Kysely } from "kysely";
import {
  filledExactlyIn,
  filledIn,
  filledOnlyIn,
  ofAvatar,
  optionalTime,
  primaryKey,
  required,
  statuses,
  time,
} from "./columns.ts";

export async function createTraining({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_training")
    .addColumn("id", "text", primaryKey)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("owner_id", "text", required)
    .addColumn("provider", "text", required)
    .addColumn("idempotency_key", "text", required)
    .addColumn("snapshot", "text", required)
    .addColumn("status", "text", required)
    .addColumn("archive_url", "text")
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
    .addColumn("model", "text")
    .addColumn("weights_blob_key", "text")
    .addColumn("config_blob_key", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("next_check_at", "text", optionalTime("next_check_at"))
    .addColumn("deadline_at", "text", optionalTime("deadline_at"))
    .addColumn("version", "integer", required)
    .$call(statuses(["requested", "submitting", "submitted", "unknown", "succeeded", "failed", "cancelled"]))
    .$call(filledIn(["submitting", "submitted", "unknown"], ["archive_url"]))
    .$call(filledOnlyIn(["requested", "submitting", "submitted", "unknown"], ["archive_url"]))
    .$call(filledExactlyIn(["submitting", "unknown"], ["submit_started_at"]))
    .$call(filledExactlyIn(["submitted", "succeeded"], ["submitted_at"]))
    .$call(filledExactlyIn(["succeeded", "failed", "cancelled"], ["finished_at"]))
    .$call(filledIn(["submitted", "succeeded"], ["request_id"]))
    .$call(filledOnlyIn(["submitted", "succeeded", "failed", "cancelled"], ["request_id"]))
    .$call(filledExactlyIn(["submitted"], ["progress"]))
    .$call(filledExactlyIn(["failed"], ["failure_reason"]))
    .$call(filledOnlyIn(["failed"], ["failure_detail"]))
    .$call(filledIn(["succeeded"], ["model"]))
    .$call(filledOnlyIn(["succeeded", "failed", "cancelled"], ["model"]))
    .addCheckConstraint(
      "blob_keys_of_model",
      sql`model is not null or (weights_blob_key is null and config_blob_key is null)`,
    )
    .execute();

  const unique = (name: string) => schema.createIndex(name).unique().on("likeness_training");
  await unique("likeness_training_key").column("idempotency_key").execute();
  await unique("likeness_training_request").columns(["provider", "request_id"]).execute();
  await unique("likeness_training_active")
    .column("avatar_id")
    .where(
      sql.ref("status"),
      "in",
      ["requested", "submitting", "submitted", "unknown"].map((status) => sql.lit(status)),
    )
    .execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_training");
  await index("likeness_training_of_avatar").columns(["avatar_id", "created_at", "id"]).execute();
  const due = index("likeness_training_due").columns(["next_check_at", "id"]);
  await due.where(sql.ref("next_check_at"), "is not", null).execute();
  const weights = index("likeness_training_weights").column("weights_blob_key");
  await weights.where(sql.ref("weights_blob_key"), "is not", null).execute();
  const config = index("likeness_training_config").column("config_blob_key");
  await config.where(sql.ref("config_blob_key"), "is not", null).execute();

  await createTrainingPhoto(schema);
}

/** The blob keys of the manifest, so that the trainings that need a blob can be found by its key. */
async function createTrainingPhoto(schema: Kysely<unknown>["schema"]): Promise<void> {
  await schema
    .createTable("likeness_training_photo")
    .addColumn("training_id", "text", (column) =>
      column.notNull().references("likeness_training.id").onDelete("cascade"),
    )
    .addColumn("blob_key", "text", required)
    .addPrimaryKeyConstraint("likeness_training_photo_once", ["training_id", "blob_key"])
    .execute();
  await schema.createIndex("likeness_training_photo_blob").on("likeness_training_photo").column("blob_key").execute();
}
