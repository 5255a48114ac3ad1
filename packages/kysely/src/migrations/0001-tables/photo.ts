import { sql, type Kysely } from "kysely";
import { filledExactlyIn, ofAvatar, primaryKey, required, statuses, time } from "./columns.ts";

export async function createPhoto({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_photo")
    .addColumn("id", "text", primaryKey)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("number", "integer", required)
    .addColumn("reference_locator", "text")
    .addColumn("reference_key", "text")
    .addColumn("status", "text", required)
    .addColumn("blob_key", "text")
    .addColumn("sha256", "text")
    .addColumn("fingerprint", "text")
    .addColumn("width", "integer")
    .addColumn("height", "integer")
    .addColumn("bytes", "integer")
    .addColumn("rejection", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("version", "integer", required)
    .addCheckConstraint("reference_whole", sql`(reference_locator is null) = (reference_key is null)`)
    .$call(statuses(["pending", "accepted", "rejected"]))
    .$call(filledExactlyIn(["accepted"], ["blob_key", "sha256", "fingerprint", "width", "height", "bytes"]))
    .$call(filledExactlyIn(["rejected"], ["rejection"]))
    .execute();

  const unique = (name: string) => schema.createIndex(name).unique().on("likeness_photo");
  await unique("likeness_photo_number").columns(["avatar_id", "number"]).execute();
  await unique("likeness_photo_reference").columns(["avatar_id", "reference_key"]).execute();
  await unique("likeness_photo_sha256").columns(["avatar_id", "sha256"]).execute();

  const pending = schema.createIndex("likeness_photo_pending").on("likeness_photo").columns(["created_at", "id"]);
  await pending.where(sql.ref("status"), "=", sql.lit("pending")).execute();

  const blob = schema.createIndex("likeness_photo_blob").on("likeness_photo").column("blob_key");
  await blob.where(sql.ref("blob_key"), "is not", null).execute();
}
