import { sql, type Kysely } from "kysely";
import type { Migration } from "../migration.ts";
import { carryTrainings } from "./carry-trainings.ts";
import { createOrder } from "./order-table.ts";

/**
 * Trainings become orders of the kind `training`. The table is created anew, because SQLite cannot drop the checks that
 * only trainings fulfil: a trigger that a host has put on `likeness_training` is gone with it.
 */
export const orders: Migration = {
  up: async (db) => {
    await createOrder(db);
    await carryTrainings(db);
    await db.schema.dropTable("likeness_training_photo").execute();
    await db.schema.dropTable("likeness_training").execute();
    await renameInInbox(db);
    await db.schema.alterTable("likeness_notification").renameColumn("training_id", "order_id").execute();
  },
};

interface Tables {
  readonly likeness_webhook_inbox: { readonly outcome: string | null };
}

async function renameInInbox(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.dropIndex("likeness_webhook_inbox_training").execute();
  await schema.alterTable("likeness_webhook_inbox").renameColumn("training_id", "order_id").execute();
  const ofOrder = schema.createIndex("likeness_webhook_inbox_order").on("likeness_webhook_inbox").column("order_id");
  await ofOrder.where(sql.ref("order_id"), "is not", null).execute();
  const unknown = (db as Kysely<Tables>)
    .updateTable("likeness_webhook_inbox")
    .where("outcome", "=", "unknown_training");
  await unknown.set({ outcome: "unknown_order" }).execute();
}
