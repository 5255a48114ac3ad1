import { sql, type Kysely } from "kysely";
import { count, filledExactlyIn, filledOnlyIn, flag, primaryKey, required, statuses, time } from "./columns.ts";

export async function createAvatar({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_avatar")
    .addColumn("id", "text", primaryKey)
    .addColumn("owner_id", "text", required)
    .addColumn("kind", "text", required)
    .addColumn("gender", "text", required)
    .addColumn("name", "text", required)
    .addColumn("main", "integer", flag("main"))
    .addColumn("photos_taken", "integer", count("photos_taken"))
    .addColumn("status", "text", required)
    .addColumn("training_id", "text")
    .addColumn("serving_training_id", "text")
    .addColumn("failure_reason", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("updated_at", "text", time("updated_at"))
    .addColumn("version", "integer", required)
    .addCheckConstraint("kind_known", sql`kind in ('portrait', 'style')`)
    .$call(statuses(["draft", "training", "failed", "ready"]))
    .$call(filledExactlyIn(["training", "failed", "ready"], ["training_id"]))
    .$call(filledExactlyIn(["failed"], ["failure_reason"]))
    .$call(filledOnlyIn(["training"], ["serving_training_id"]))
    .execute();

  const main = schema.createIndex("likeness_avatar_main").unique().on("likeness_avatar").column("owner_id");
  await main.where(sql.ref("main"), "=", sql.lit(1)).execute();

  await schema
    .createIndex("likeness_avatar_of_owner")
    .on("likeness_avatar")
    .columns(["owner_id", "created_at", "id"])
    .execute();
}
