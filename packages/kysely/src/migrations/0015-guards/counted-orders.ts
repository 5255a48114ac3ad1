import { sql, type Kysely } from "kysely";

const active = ["requested", "submitting", "submitted", "unknown"];

/**
 * What an order counts as for the limits of its owner: its set, or itself; null: nothing. Until this step only sets were
 * counted. The orders that stand before it count from now on.
 */
export async function countEveryKind(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable("likeness_order").addColumn("counted_as", "text").execute();
  const orders = db as Kysely<{ likeness_order: { counted_as: string | null; set_id: string | null; id: string } }>;
  const counted = orders.updateTable("likeness_order").set(({ fn }) => ({ counted_as: fn.coalesce("set_id", "id") }));
  await counted.execute();

  await schema.dropIndex("likeness_order_set_placed").execute();
  await schema.dropIndex("likeness_order_set_active").execute();
  const index = (name: string) => schema.createIndex(name).on("likeness_order");
  const placed = index("likeness_order_placed").columns(["owner_id", "created_at"]);
  await placed.where(sql.ref("counted_as"), "=", sql.ref("id")).execute();
  const underWay = index("likeness_order_active").columns(["owner_id", "counted_as"]);
  await underWay
    .where(sql.ref("counted_as"), "is not", null)
    .where(
      sql.ref("status"),
      "in",
      active.map((status) => sql.lit(status)),
    )
    .execute();
}
