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

export async function createGeneration({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_generation")
    .addColumn("id", "text", primaryKey)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("owner_id", "text", required)
    .addColumn("training_id", "text", required)
    .addColumn("provider", "text", required)
    .addColumn("idempotency_key", "text", required)
    .addColumn("endpoint", "text", required)
    .addColumn("input", "text", required)
    .addColumn("status", "text", required)
    .addColumn("submit_started_at", "text", optionalTime("submit_started_at"))
    .addColumn("submitted_at", "text", optionalTime("submitted_at"))
    .addColumn("finished_at", "text", optionalTime("finished_at"))
    .addColumn("request_id", "text")
    .addColumn("status_url", "text")
    .addColumn("response_url", "text")
    .addColumn("cancel_url", "text")
    .addColumn("images", "text")
    .addColumn("failure_reason", "text")
    .addColumn("failure_detail", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("next_check_at", "text", optionalTime("next_check_at"))
    .addColumn("deadline_at", "text", optionalTime("deadline_at"))
    .addColumn("version", "integer", required)
    .$call(statuses(["requested", "submitting", "submitted", "unknown", "succeeded", "failed"]))
    .$call(filledExactlyIn(["submitting", "unknown"], ["submit_started_at"]))
    .$call(filledExactlyIn(["submitted", "succeeded"], ["submitted_at"]))
    .$call(filledExactlyIn(["succeeded", "failed"], ["finished_at"]))
    .$call(filledIn(["submitted", "succeeded"], ["request_id"]))
    .$call(filledOnlyIn(["submitted", "succeeded", "failed"], ["request_id"]))
    .$call(filledExactlyIn(["succeeded"], ["images"]))
    .$call(filledExactlyIn(["failed"], ["failure_reason"]))
    .$call(filledOnlyIn(["failed"], ["failure_detail"]))
    .execute();

  const unique = (name: string) => schema.createIndex(name).unique().on("likeness_generation");
  await unique("likeness_generation_key").column("idempotency_key").execute();
  await unique("likeness_generation_request").columns(["provider", "request_id"]).execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_generation");
  await index("likeness_generation_of_avatar").columns(["avatar_id", "created_at", "id"]).execute();
  const due = index("likeness_generation_due").columns(["next_check_at", "id"]);
  await due.where(sql.ref("next_check_at"), "is not", null).execute();
}
