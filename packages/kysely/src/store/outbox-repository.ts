import type { OutboxRepository } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { without } from "./columns.ts";
import { notificationOf, notificationRow, type NotificationRow } from "./notification-row.ts";
import { replaceRow } from "./save-row.ts";

/** Who is told about what. */
const fixed = [
  "id",
  "dedupe_key",
  "owner_id",
  "avatar_id",
  "order_id",
  "created_at",
] as const satisfies (keyof NotificationRow)[];

export const outboxRepository = (db: Kysely<Database>): OutboxRepository => ({
  insert: (notification) =>
    attempt(db, async () => {
      const [inserted] = await compiledOnce(db, "new message", notificationRow(notification), (on, row) =>
        on
          .insertInto("likeness_notification")
          .values(row)
          .onConflict((conflict) => conflict.column("dedupe_key").doNothing())
          .returning("id"),
      );
      return inserted ? "new" : "known";
    }),

  find: (id) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "message", { id }, (on, given) =>
        on.selectFrom("likeness_notification").selectAll().where("id", "=", given.id),
      );
      return row && notificationOf(row);
    }),

  findByDedupeKey: (dedupeKey) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "message by dedupe key", { dedupeKey }, (on, given) =>
        on.selectFrom("likeness_notification").selectAll().where("dedupe_key", "=", given.dedupeKey),
      );
      return row && notificationOf(row);
    }),

  save: (notification) =>
    replaceRow(db, {
      entity: "notification",
      id: notification.id,
      value: notification,
      update: () =>
        compiledOnce(
          db,
          "saved message",
          { ...notificationRow(notification), read: notification.version },
          (on, { read, ...row }) =>
            on
              .updateTable("likeness_notification")
              .set(without(row, fixed))
              .where("id", "=", row.id)
              .where("version", "=", read)
              .returning("version"),
        ),
    }),

  dueBefore: (moment, limit) =>
    attempt(db, async () => {
      const due = db
        .selectFrom("likeness_notification")
        .selectAll()
        .where("status", "in", open)
        .where("due_at", "<", moment);
      return (await due.orderBy("due_at").orderBy("id").limit(limit).execute()).map(notificationOf);
    }),

  undeliverable: (ownerId) =>
    attempt(db, async () => {
      const missed = db.selectFrom("likeness_notification").selectAll().where("status", "=", undeliverable);
      const ofOwner = missed.where("owner_id", "=", ownerId);
      return (await ofOwner.orderBy("created_at").orderBy("id").execute()).map(notificationOf);
    }),
});

/** Literals, because a partial index serves only a query that repeats its condition. */
const open = [sql.lit("pending" as const), sql.lit("sending" as const)];
const undeliverable = sql.lit("undeliverable" as const);
