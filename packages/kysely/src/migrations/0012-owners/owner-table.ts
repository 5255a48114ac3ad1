import { sql, type Kysely } from "kysely";
import { primaryKey, required, time } from "../0001-tables/columns.ts";

/** The people to whom avatars belong: their settings, and when they were last seen. */
export async function createOwner({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_owner")
    .addColumn("id", "text", primaryKey)
    .addColumn("locale", "text")
    .addColumn("pictures_per_press", "integer", (column) => column.check(sql`pictures_per_press > 0`))
    .addColumn("progress", "text", (column) => column.check(sql`progress in ('shown', 'hidden')`))
    .addColumn("last_seen_at", "text", time("last_seen_at"))
    .addColumn("version", "integer", required)
    .execute();

  // For those who have not been seen for long.
  await schema.createIndex("likeness_owner_seen").on("likeness_owner").columns(["last_seen_at", "id"]).execute();
}
