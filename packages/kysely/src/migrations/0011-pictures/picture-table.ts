import { sql, type Kysely } from "kysely";
import { count, flag, ofAvatar, primaryKey, required, time } from "../0001-tables/columns.ts";

/**
 * The pictures that owners have. Each way of looking through them has an index that holds all that is asked, so that
 * counting them reads no rows.
 */
export async function createPicture({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_picture")
    .addColumn("id", "text", primaryKey)
    .addColumn("set_id", "text", required)
    .addColumn("avatar_id", "text", ofAvatar)
    .addColumn("owner_id", "text", required)
    .addColumn("plan", "text", required)
    .addColumn("blob_key", "text", required)
    .addColumn("bytes", "integer", count("bytes"))
    .addColumn("content_type", "text", required)
    .addColumn("width", "integer", count("width"))
    .addColumn("height", "integer", count("height"))
    .addColumn("favourite", "integer", flag("favourite"))
    .addColumn("channel_file", "text")
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("version", "integer", required)
    .execute();

  const ofOwner = ["owner_id", "created_at", "id"];
  const ofAvatarOfOwner = ["avatar_id", ...ofOwner];
  const index = (name: string, columns: string[]) => schema.createIndex(name).on("likeness_picture").columns(columns);
  await index("likeness_picture_of_owner", ofOwner).execute();
  await index("likeness_picture_of_avatar", ofAvatarOfOwner).execute();
  const favourite = [sql.ref("favourite"), "=", sql.lit(1)] as const;
  await index("likeness_picture_favourite", ofOwner)
    .where(...favourite)
    .execute();
  await index("likeness_picture_favourite_of_avatar", ofAvatarOfOwner)
    .where(...favourite)
    .execute();
}
