import { activeStatuses, type OrderNeed, type WatchedRows } from "@likeness/core";
import { sql, type Kysely, type RawBuilder } from "kysely";
import { attempt } from "../../attempt.ts";
import { entryOf, holdOf } from "../../credits/credit-rows.ts";
import type { Database } from "../../database.ts";
import { deliveryOf, nothingLeft, type InboxRow } from "../inbox-row.ts";
import { notificationOf } from "../notification-row.ts";
import { orderOf } from "../order-row.ts";
import { countRows, type CountedRows } from "./count-rows.ts";
import { isListed, olderThan } from "./row-page.ts";

export const watchedRows = (db: Kysely<Database>): WatchedRows => ({
  underWay: (limits) =>
    attempt(db, async () => (await Promise.all(waiting.map((rows) => countRows(db, rows, limits)))).flat()),

  orders: (need, { limit, after }) =>
    attempt(db, async () => {
      const { time, where } = needs[need];
      const all = db.selectFrom("likeness_order").selectAll("likeness_order").where(where);
      const page = after ? all.where(olderThan(`likeness_order.${time}`, "likeness_order.id", after)) : all;
      const newestFirst = page.orderBy(`likeness_order.${time}`, "desc").orderBy("likeness_order.id", "desc");
      return (await newestFirst.limit(limit).execute()).map(orderOf);
    }),

  deliveries: ({ limit, after }) =>
    attempt(db, async () => {
      const all = db
        .selectFrom("likeness_webhook_inbox")
        .select(bodiless)
        .where(sql<boolean>`outcome in ('foreign', 'unknown_order', 'malformed', 'given_up')`)
        .where(isListed("delivery", "likeness_webhook_inbox.id"));
      const page = after ? all.where(olderThan("settled_at", "id", after)) : all;
      const rows = await page.orderBy("settled_at", "desc").orderBy("id", "desc").limit(limit).execute();
      return rows.map((row) => deliveryOf({ ...row, ...nothingLeft }));
    }),

  messages: ({ limit, after }) =>
    attempt(db, async () => {
      const all = db
        .selectFrom("likeness_notification")
        .selectAll()
        .where(isDeadMessage)
        .where(isListed("message", "likeness_notification.id"));
      const page = after ? all.where(olderThan("created_at", "id", after)) : all;
      return (await page.orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(
        notificationOf,
      );
    }),

  about: (orderId, limit) =>
    attempt(db, async () => {
      const deliveries = db.selectFrom("likeness_webhook_inbox").select(bodiless).where("order_id", "=", orderId);
      // An order has few, so they are sorted here: no index has them in this order.
      const received = (await deliveries.limit(limit).execute()).toSorted((left, right) =>
        left.received_at + left.id < right.received_at + right.id ? -1 : 1,
      );
      const messages = db.selectFrom("likeness_notification").selectAll().where("order_id", "=", orderId);
      const stored = await messages.orderBy("created_at").orderBy("id").limit(limit).execute();
      const holds = db.selectFrom("likeness_credit_hold").selectAll().where("id", "=", orderId);
      const hold = await holds.executeTakeFirst();
      const entries = await db
        .selectFrom("likeness_credit_entry")
        .selectAll()
        .where("kind", "in", ["capture", "debt"])
        .where("reference", "in", [orderId, `release:${orderId}`])
        .execute();
      return {
        deliveries: received.map((row) => deliveryOf({ ...row, ...nothingLeft })),
        messages: stored.map(notificationOf),
        ...(hold && { hold: holdOf(hold) }),
        entries: entries.map(entryOf),
      };
    }),
});

// The conditions are literals, because a partial index serves only a query that repeats its condition.

const active = sql.join(activeStatuses.map((status) => sql.lit(status)));

const isDeadMessage = sql<boolean>`status = 'dead' and failure_detail <> 'overtaken'`;

/** Without headers and body, which may be large. */
const bodiless = [
  "id",
  "source",
  "request_id",
  "digest",
  "order_id",
  "owner_id",
  "received_at",
  "verified",
  "outcome",
  "settled_at",
] as const satisfies (keyof InboxRow)[];

interface OrdersInNeed {
  readonly time: "submit_started_at" | "finished_at";
  readonly where: RawBuilder<boolean>;
}

const endedTraining = sql`likeness_order.kind = 'training'`;

const needs: Readonly<Record<OrderNeed, OrdersInNeed>> = {
  unknown: { time: "submit_started_at", where: sql<boolean>`likeness_order.status = 'unknown'` },
  late: {
    time: "finished_at",
    where: sql<boolean>`${endedTraining} and likeness_order.status in ('failed', 'cancelled')
      and likeness_order.outcome is not null
      and (likeness_order.uncopied = 0 or likeness_order.next_check_at is not null)
      and not exists (
        select 1 from ${sql.table("likeness_avatar")} as avatar
          join ${sql.table("likeness_order")} as serving on serving.id = avatar.training_id
        where avatar.id = likeness_order.avatar_id and avatar.status = 'ready'
          and (serving.id = likeness_order.id or serving.created_at > likeness_order.created_at))
      and ${isListed("order", "likeness_order.id")}`,
  },
  uncopied: {
    time: "finished_at",
    where: sql<boolean>`${endedTraining} and likeness_order.uncopied = 1 and likeness_order.next_check_at is null
      and ${isListed("order", "likeness_order.id")}`,
  },
};

const constant = (text: string) => sql<string>`${sql.lit(text)}`;

/** Rows that wait for something. */
const waiting: readonly CountedRows[] = [
  {
    of: "order",
    table: "likeness_order",
    kind: sql.ref("kind"),
    status: sql.ref("status"),
    time: "created_at",
    where: sql`status in (${active})`,
  },
  {
    of: "delivery",
    table: "likeness_webhook_inbox",
    // Not the plain column, whose index would be read whole to have the groups in order.
    kind: sql`source || ''`,
    status: sql`case verified when 1 then 'verified' else 'unverified' end`,
    time: "received_at",
    where: sql`settled_at is null`,
  },
  {
    of: "message",
    table: "likeness_notification",
    kind: constant("message"),
    status: sql.ref("status"),
    time: "created_at",
    where: sql`status in ('pending', 'sending')`,
  },
  {
    of: "message",
    table: "likeness_notification",
    kind: constant("message"),
    status: constant("dead"),
    time: "created_at",
    where: isDeadMessage,
  },
  {
    of: "photo",
    table: "likeness_photo",
    kind: constant("photo"),
    status: constant("pending"),
    time: "created_at",
    where: sql`status = 'pending'`,
  },
  {
    of: "erasure",
    table: "likeness_erasure",
    kind: constant("erasure"),
    status: constant("under-way"),
    time: "requested_at",
    where: sql`next_check_at is not null`,
  },
];
