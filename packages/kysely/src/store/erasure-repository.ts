import type { ErasureRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { withoutId } from "./columns.ts";
import { erasedOrderOf, erasedOrderRow, erasureOf, erasureRow } from "./erasure-row.ts";
import { saveRow } from "./save-row.ts";

export const erasureRepository = (db: Kysely<Database>): ErasureRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_erasure").selectAll().where("id", "=", id).executeTakeFirst();
      return row && erasureOf(row);
    }),

  save: (erasure) =>
    saveRow(db, {
      entity: "erasure",
      id: erasure.id,
      value: erasure,
      insert: () =>
        db
          .insertInto("likeness_erasure")
          .values(erasureRow(erasure))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("version")
          .execute(),
      update: () =>
        db
          .updateTable("likeness_erasure")
          .set(withoutId(erasureRow(erasure)))
          .where("id", "=", erasure.id)
          .where("version", "=", erasure.version)
          .returning("version")
          .execute(),
    }),

  dueBefore: (moment, limit) =>
    attempt(db, async () => {
      const due = db.selectFrom("likeness_erasure").selectAll().where("next_check_at", "<", moment);
      return (await due.orderBy("next_check_at").orderBy("id").limit(limit).execute()).map(erasureOf);
    }),

  noteOrder: (order) =>
    attempt(db, async () => {
      const { order_id, ...facts } = erasedOrderRow(order);
      await db
        .insertInto("likeness_erased_order")
        .values({ order_id, ...facts })
        .onConflict((conflict) => conflict.column("order_id").doUpdateSet(facts))
        .execute();
    }),

  findOrder: (orderId) =>
    attempt(db, async () => {
      const found = db.selectFrom("likeness_erased_order").selectAll().where("order_id", "=", orderId);
      const row = await found.executeTakeFirst();
      return row && erasedOrderOf(row);
    }),

  findOrders: (orderIds) =>
    attempt(db, async () => {
      // Not every database takes an empty list.
      if (orderIds.length === 0) return [];
      const found = db.selectFrom("likeness_erased_order").selectAll().where("order_id", "in", orderIds);
      return (await found.execute()).map(erasedOrderOf);
    }),

  purgeOrders: (erasedBefore) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_erased_order").where("erased_at", "<", erasedBefore).execute();
    }),
});
