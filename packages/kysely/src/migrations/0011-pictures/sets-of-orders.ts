import { sql, type Kysely } from "kysely";

const active = ["requested", "submitting", "submitted", "unknown"];

/**
 * The set that an order belongs to. Orders that stand before this step are in none. The first order of a set has the
 * set's id, so the sets of an owner are counted by few rows.
 */
export async function addSets({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable("likeness_order").addColumn("set_id", "text").execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_order");
  const inSet = index("likeness_order_of_set").columns(["set_id", "created_at", "id"]);
  await inSet.where(sql.ref("set_id"), "is not", null).execute();
  const first = index("likeness_order_set_placed").columns(["owner_id", "created_at"]);
  await first.where(sql.ref("set_id"), "=", sql.ref("id")).execute();
  const underWay = index("likeness_order_set_active").columns(["owner_id", "set_id"]);
  await underWay
    .where(sql.ref("set_id"), "is not", null)
    .where(
      sql.ref("status"),
      "in",
      active.map((status) => sql.lit(status)),
    )
    .execute();
  // An avatar has few trainings and, from now on, many pictures.
  await index("likeness_order_of_kind").columns(["avatar_id", "kind", "created_at", "id"]).execute();
}
