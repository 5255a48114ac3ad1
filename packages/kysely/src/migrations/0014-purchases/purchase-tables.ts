import { sql, type Kysely } from "kysely";
import { count, flag, optionalTime, primaryKey, required, time } from "../0001-tables/columns.ts";

/** What people mean to buy. The key of what opened it is unique, so that a button is used up by its first press. */
export async function createPurchase({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_purchase")
    .addColumn("id", "text", primaryKey)
    .addColumn("key", "text", required)
    .addColumn("owner_id", "text", required)
    .addColumn("credits", "integer", (column) => column.notNull().check(sql`credits > 0`))
    .addColumn("amount", "integer", (column) => column.notNull().check(sql`amount > 0`))
    .addColumn("currency", "text", required)
    .addColumn("created_at", "text", time("created_at"))
    .addColumn("invoiced_at", "text", optionalTime("invoiced_at"))
    .execute();

  await schema.createIndex("likeness_purchase_key").unique().on("likeness_purchase").column("key").execute();
  await schema.createIndex("likeness_purchase_of_owner").on("likeness_purchase").column("owner_id").execute();
}

/**
 * What people have paid: one row for each charge, whose id is the channel's. `attention` and `told` are kept by every
 * change, so that what somebody has to do is found by an index of few rows.
 */
export async function createPayment({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_payment")
    .addColumn("charge_id", "text", primaryKey)
    .addColumn("owner_id", "text", required)
    .addColumn("amount", "integer", count("amount"))
    .addColumn("currency", "text", required)
    .addColumn("payload", "text", required)
    .addColumn("purchase_id", "text")
    .addColumn("state", "text", (column) => column.notNull().check(sql`state in ('booked', 'unassigned', 'refunded')`))
    .addColumn("credits", "integer", count("credits"))
    .addColumn("paid_at", "text", time("paid_at"))
    .addColumn("refund_asked_at", "text", optionalTime("refund_asked_at"))
    .addColumn("refund_ordered_at", "text", optionalTime("refund_ordered_at"))
    .addColumn("refunded_at", "text", optionalTime("refunded_at"))
    .addColumn("told", "integer", flag("told"))
    .addColumn("attention", "integer", flag("attention"))
    .addCheckConstraint("refunded_at_filled_exactly", sql`(refunded_at is not null) = (state = 'refunded')`)
    .addCheckConstraint("booked_credits", sql`state <> 'booked' or credits > 0`)
    .addCheckConstraint("unassigned_credits", sql`state <> 'unassigned' or credits = 0`)
    .execute();

  const index = (name: string) => schema.createIndex(name).on("likeness_payment");
  const newestFirst = ["paid_at", "charge_id"];
  await index("likeness_payment_of_owner")
    .columns(["owner_id", ...newestFirst])
    .execute();
  await index("likeness_payment_of_purchase").column("purchase_id").execute();
  await index("likeness_payment_untold").columns(newestFirst).where(sql.ref("told"), "=", sql.lit(0)).execute();
  await index("likeness_payment_attention").columns(newestFirst).where(sql.ref("attention"), "=", sql.lit(1)).execute();
}
