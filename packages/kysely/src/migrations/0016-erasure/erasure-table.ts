import { sql, type Kysely } from "kysely";
import { filledExactlyIn, optionalTime, primaryKey, required, statuses, time } from "../0001-tables/columns.ts";

export async function createErasure({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable("likeness_erasure")
    .addColumn("id", "text", primaryKey)
    .addColumn("status", "text", required)
    .addColumn("requested_at", "text", time("requested_at"))
    .addColumn("finished_at", "text", optionalTime("finished_at"))
    .addColumn("work", "text")
    .addColumn("next_check_at", "text", optionalTime("next_check_at"))
    .addColumn("erased", "text", required)
    .addColumn("left_behind", "text", required)
    .addColumn("version", "integer", required)
    .$call(statuses(["under-way", "done"]))
    .$call(filledExactlyIn(["done"], ["finished_at"]))
    .$call(filledExactlyIn(["under-way"], ["work", "next_check_at"]))
    .execute();
  const due = schema.createIndex("likeness_erasure_due").on("likeness_erasure").columns(["next_check_at", "id"]);
  await due.where(sql.ref("next_check_at"), "is not", null).execute();

  await schema
    .createTable("likeness_erased_order")
    .addColumn("order_id", "text", primaryKey)
    .addColumn("endpoint", "text", required)
    .addColumn("request_id", "text")
    .addColumn("erased_at", "text", time("erased_at"))
    .execute();
  await schema.createIndex("likeness_erased_order_at").on("likeness_erased_order").column("erased_at").execute();
}
