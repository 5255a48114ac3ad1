import { activeStatuses, isTerminal, type Order, type OrderRepository } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { isSqlite } from "../sqlite/sqlite-dialect.ts";
import { without } from "./columns.ts";
import { orderOf, orderRow, outcomeBlobRows, photoBlobRows, type OrderBlobRow, type OrderRow } from "./order-row.ts";
import { saveRow } from "./save-row.ts";

export const orderRepository = (db: Kysely<Database>): OrderRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const [row] = await orderById(db, id);
      return row && orderOf(row);
    }),

  hold: (id) =>
    attempt(db, async () => {
      // A transaction of SQLite has the whole file.
      if (!isSqlite(db)) {
        await compiledOnce(db, "held avatar of an order", { id }, (on, given) => {
          const its = on.selectFrom("likeness_order").select("avatar_id").where("id", "=", given.id);
          return on.selectFrom("likeness_avatar").select("id").where("id", "=", its).forUpdate();
        });
      }
      // In a statement of its own: one that waited for the avatar would still see the order as it was before.
      const [row] = await orderById(db, id);
      return row && orderOf(row);
    }),

  findByIdempotencyKey: (key) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "order by idempotency key", { key }, (on, given) =>
        on.selectFrom("likeness_order").selectAll().where("idempotency_key", "=", given.key),
      );
      return row && orderOf(row);
    }),

  listByAvatar: (avatarId, kind) =>
    attempt(db, async () => {
      const name = kind === undefined ? "orders of an avatar" : "orders of an avatar and a kind";
      const rows = await compiledOnce(db, name, { avatarId, kind: kind ?? "" }, (on, given) => {
        const all = on.selectFrom("likeness_order").selectAll().where("avatar_id", "=", given.avatarId);
        const orders = kind === undefined ? all : all.where("kind", "=", given.kind);
        return orders.orderBy("created_at", "desc").orderBy("id", "desc");
      });
      return rows.map(orderOf);
    }),

  listBySet: (setId) =>
    attempt(db, async () => {
      const orders = db.selectFrom("likeness_order").selectAll().where("set_id", "=", setId);
      return (await orders.orderBy("created_at").orderBy("id").execute()).map(orderOf);
    }),

  countPlaced: (ownerId, since) =>
    attempt(db, async () => {
      const owned = db.selectFrom("likeness_order").where("owner_id", "=", ownerId);
      const active = owned
        .where("counted_as", "is not", null)
        .where("status", "in", underWay)
        .select(({ fn }) => fn.count("counted_as").distinct().as("count"));
      // A set is placed when its first order is, whose id it has.
      const placed = owned
        .whereRef("counted_as", "=", "id")
        .where("created_at", ">=", since)
        .select(({ fn }) => fn.countAll().as("count"));
      const counts = await db.selectNoFrom([active.as("active"), placed.as("placed")]).executeTakeFirstOrThrow();
      return { active: Number(counts.active), placed: Number(counts.placed) };
    }),

  save: (order) => {
    const photos = order.version === 0 ? photoBlobRows(order) : [];
    const outcome = outcomeBlobRows(order);
    // Before its end an order has had no outcome.
    const mayNameFewer = order.version > 0 && isTerminal(order.state.status);
    if (photos.length === 0 && outcome.length === 0 && !mayNameFewer) return saveOrder(db, order);
    return transaction(db, (tx) =>
      saveOrder(tx, order).andThrough(() =>
        attempt(tx, async () => {
          if (mayNameFewer) await forgetOthers(tx, order.id, outcome);
          await insertBlobs(tx, [...photos, ...outcome]);
        }),
      ),
    );
  },

  dueBefore: (moment, limit) =>
    attempt(db, async () => {
      const due = db.selectFrom("likeness_order").selectAll().where("next_check_at", "<", moment);
      return (await due.orderBy("next_check_at").orderBy("id").limit(limit).execute()).map(orderOf);
    }),

  lateBefore: (moment, limit, kind) =>
    attempt(db, async () => {
      const unsuccessful = db.selectFrom("likeness_order").selectAll().where("status", "in", withoutSuccess);
      const all = unsuccessful.where("outcome", "is not", null).where("finished_at", "<", moment);
      const late = kind === undefined ? all : all.where("kind", "=", kind);
      return (await late.orderBy("finished_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(orderOf);
    }),

  uncopiedBefore: (moment, limit, kind) =>
    attempt(db, async () => {
      const uncopied = db.selectFrom("likeness_order").selectAll().where("uncopied", "=", sql.lit(1));
      const all = uncopied.where("finished_at", "<", moment);
      const ended = kind === undefined ? all : all.where("kind", "=", kind);
      return (await ended.orderBy("finished_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(orderOf);
    }),

  usesBlob: (key) =>
    attempt(db, async () => {
      const [user] = await compiledOnce(db, "order with a blob", { key }, (on, given) =>
        on
          .selectFrom("likeness_order_blob")
          .innerJoin("likeness_order", "likeness_order.id", "likeness_order_blob.order_id")
          .select("likeness_order.id")
          .where("likeness_order_blob.blob_key", "=", given.key)
          // The photos are needed until the order has ended, the outcome always.
          .where((column) =>
            column.or([
              column("likeness_order_blob.use", "=", "outcome"),
              column("likeness_order.status", "in", activeStatuses),
            ]),
          )
          .limit(1),
      );
      return user !== undefined;
    }),
});

/** Literals, because a partial index serves only a query that repeats its condition. */
const underWay = activeStatuses.map((status) => sql.lit(status));
const withoutSuccess = [sql.lit("failed" as const), sql.lit("cancelled" as const)];

const orderById = (db: Kysely<Database>, id: string) =>
  compiledOnce(db, "order", { id }, (on, given) =>
    on.selectFrom("likeness_order").selectAll().where("id", "=", given.id),
  );

async function insertBlobs(db: Kysely<Database>, blobs: readonly OrderBlobRow[]): Promise<void> {
  if (blobs.length === 0) return;
  const insert = db.insertInto("likeness_order_blob").values(blobs);
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}

/** Deletes the blobs that the outcome of an order no longer names. */
async function forgetOthers(db: Kysely<Database>, orderId: string, named: readonly OrderBlobRow[]): Promise<void> {
  const keys = named.map((row) => row.blob_key);
  if (keys.length === 0) {
    await compiledOnce(db, "former blobs of an order", { orderId }, (on, given) => outcomeBlobs(on, given.orderId));
  } else await outcomeBlobs(db, orderId).where("blob_key", "not in", keys).execute();
}

const outcomeBlobs = (db: Kysely<Database>, orderId: string) =>
  db.deleteFrom("likeness_order_blob").where("order_id", "=", orderId).where("use", "=", "outcome");

/** Whose an order is, and under which key it was placed. */
const fixed = [
  "id",
  "kind",
  "set_id",
  "avatar_id",
  "owner_id",
  "idempotency_key",
  "counted_as",
  "created_at",
] as const satisfies (keyof OrderRow)[];

const saveOrder = (db: Kysely<Database>, order: Order) =>
  saveRow(db, {
    entity: "order",
    id: order.id,
    value: order,
    insert: () =>
      compiledOnce(db, "new order", orderRow(order), (on, row) =>
        on
          .insertInto("likeness_order")
          .values(row)
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("version"),
      ),
    update: () =>
      compiledOnce(db, "saved order", { ...orderRow(order), read: order.version }, (on, { read, ...row }) =>
        on
          .updateTable("likeness_order")
          .set(without(row, fixed))
          .where("id", "=", row.id)
          .where("version", "=", read)
          .returning("version"),
      ),
  });
