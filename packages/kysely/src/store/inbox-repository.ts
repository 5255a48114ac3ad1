import type { InboxDelivery, InboxRepository } from "@likeness/core";
import type { ExpressionBuilder, Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { deliveryOf, inboxRow, nothingLeft, type InboxRow } from "./inbox-row.ts";

export const inboxRepository = (db: Kysely<Database>): InboxRepository => ({
  insert: (delivery) => attempt(db, async () => ((await insert(db, [delivery])).has(delivery.id) ? "new" : "known")),

  insertMany: (deliveries) =>
    attempt(db, async () => {
      const inserted = await insert(db, deliveries);
      return deliveries.map(({ id }) => (inserted.has(id) ? "new" : "known"));
    }),

  find: (id) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "delivery", { id }, (on, given) =>
        on.selectFrom("likeness_webhook_inbox").selectAll().where("id", "=", given.id),
      );
      return row && deliveryOf(row);
    }),

  settle: (id, outcome, at) =>
    attempt(db, async () => {
      const end = { outcome, settled_at: at, ...nothingLeft };
      await compiledOnce(db, "settled delivery", { id, ...end }, (on, { id: its, ...all }) =>
        on.updateTable("likeness_webhook_inbox").set(all).where("id", "=", its).where("settled_at", "is", null),
      );
    }),

  delete: (id) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_webhook_inbox").where("id", "=", id).execute();
    }),

  countUnverified: (orderId) =>
    attempt(db, async () => {
      const unverified = db
        .selectFrom("likeness_webhook_inbox")
        .select((query) => query.fn.countAll().as("count"))
        .where("order_id", "=", orderId)
        .where("verified", "=", 0)
        .where("settled_at", "is", null);
      return Number((await unverified.executeTakeFirstOrThrow()).count);
    }),

  unsettledBefore: (moment, limit) =>
    attempt(db, async () => {
      const unsettled = db
        .selectFrom("likeness_webhook_inbox")
        .selectAll()
        .where("settled_at", "is", null)
        .where("received_at", "<", moment);
      return (await unsettled.orderBy("received_at").orderBy("id").limit(limit).execute()).map(deliveryOf);
    }),

  unsettledOf: (ownerId, since, limit) =>
    attempt(db, async () => {
      const rows = await compiledOnce(db, "unsettled of an owner", { ownerId, since, limit }, (on, given) =>
        on
          .selectFrom("likeness_webhook_inbox")
          .selectAll()
          .where("settled_at", "is", null)
          .where("owner_id", "=", given.ownerId)
          .where("received_at", ">=", given.since)
          .orderBy("received_at")
          .orderBy("id")
          .limit(given.limit),
      );
      return rows.map(deliveryOf);
    }),

  eraseOwner: (ownerId, at) =>
    attempt(db, async () => {
      const owned = db.updateTable("likeness_webhook_inbox").where("owner_id", "=", ownerId);
      const settled = (query: ExpressionBuilder<Database, "likeness_webhook_inbox">) => ({
        outcome: query.fn.coalesce("outcome", query.val("erased" as const)),
        settled_at: query.fn.coalesce("settled_at", query.val(at)),
      });
      await owned.set((query) => ({ ...nothingLeft, ...settled(query), owner_id: null })).execute();
    }),

  purge: (settledBefore) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_webhook_inbox").where("settled_at", "<", settledBefore).execute();
    }),
});

/** The ids of those that were not stored before. */
async function insert(db: Kysely<Database>, deliveries: readonly InboxDelivery[]): Promise<ReadonlySet<string>> {
  // Not every database takes an empty list.
  if (deliveries.length === 0) return new Set();
  // In one order everywhere, so that transactions with the same deliveries wait for each other and do not deadlock.
  const rows = deliveries.map(inboxRow).toSorted(byUniqueColumns);
  const [only] = rows;
  const inserted =
    only && rows.length === 1
      ? await compiledOnce(db, "new delivery", only, (on, row) => insertNew(on, [row]))
      : await insertNew(db, rows).execute();
  return new Set(inserted.map(({ id }) => id));
}

const insertNew = (db: Kysely<Database>, rows: readonly InboxRow[]) =>
  db
    .insertInto("likeness_webhook_inbox")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["source", "request_id", "digest"]).doNothing())
    .returning("id");

const byUniqueColumns = (left: InboxRow, right: InboxRow): number => {
  const [one, other] = [uniqueIn(left), uniqueIn(right)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

const uniqueIn = ({ source, request_id, digest }: InboxRow): string => [source, request_id, digest].join("\n");
