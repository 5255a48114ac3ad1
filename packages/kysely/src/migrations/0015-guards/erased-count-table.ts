import type { Kysely } from "kysely";
import { optionalTime, primaryKey, required, time } from "../0001-tables/columns.ts";

/** What erased orders count for the limits of their owners. */
export async function createErasedCount({ schema }: Kysely<unknown>): Promise<void> {
  const table = "likeness_erased_count";
  await schema
    .createTable(table)
    .addColumn("id", "text", primaryKey)
    .addColumn("owner_digest", "text", required)
    .addColumn("placed_at", "text", time("placed_at"))
    .addColumn("active_until", "text", optionalTime("active_until"))
    .addColumn("keep_until", "text", time("keep_until"))
    .execute();
  await schema.createIndex(`${table}_owner`).on(table).column("owner_digest").execute();
  await schema.createIndex(`${table}_kept`).on(table).column("keep_until").execute();
}
