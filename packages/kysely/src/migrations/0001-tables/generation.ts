import type { Kysely } from "kysely";
import { filledExactlyIn, ofAvatar, optionalTime, primaryKey, required, statuses, time } from "./columns.ts";

export async function createGeneration({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("generation")
    .addColumn("id", "text", primaryKey)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("owner_id", "text", required)
    .addColumn("training_id", "text", required)
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
    .addColumn("failure_detail", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("next_check_at", "text", optionalTime("next_check_at"))
    .addColumn("version", "integer", required)
    .$call(statuses(["requested", "submitting", "submitted", "succeeded", "failed"]))
    .$call(filledExactlyIn(["submitting"], ["submit_started_at"]))
    .$call(filledExactlyIn(["submitted"], ["submitted_at", "request_id"]))
    .$call(filledExactlyIn(["succeeded", "failed"], ["finished_at"]))
    .$call(filledExactlyIn(["succeeded"], ["images"]))
    .$call(filledExactlyIn(["failed"], ["failure_detail"]))
    .execute();

  await schema.createIndex("generation_key").unique().on("generation").column("idempotency_key").execute();
  await schema
    .createIndex("generation_of_avatar")
    .on("generation")
    .columns(["avatar_id", "created_at", "id"])
    .execute();
}
