import { okAsync } from "neverthrow";
import type { AvatarRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { without } from "./columns.ts";
import { avatarOf, avatarRow, type AvatarRow } from "./avatar-row.ts";
import { refusal, saveRow } from "./save-row.ts";

/** Ids in one statement, which may have 32,766 of them in SQLite and 65,535 in PostgreSQL. */
const batch = 1_000;

const fixed = ["id", "owner_id", "created_at"] as const satisfies (keyof AvatarRow)[];

export const avatarRepository = (db: Kysely<Database>): AvatarRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "avatar", { id }, (on, given) =>
        on.selectFrom("likeness_avatar").selectAll().where("id", "=", given.id),
      );
      return row && avatarOf(row);
    }),

  hold: (id) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "held avatar", { id }, (on, given) =>
        on.selectFrom("likeness_avatar").selectAll().where("id", "=", given.id).forUpdate(),
      );
      return row && avatarOf(row);
    }),

  save: (avatar) =>
    saveRow(db, {
      entity: "avatar",
      id: avatar.id,
      value: avatar,
      insert: () =>
        compiledOnce(db, "new avatar", avatarRow(avatar), (on, row) =>
          on
            .insertInto("likeness_avatar")
            .values(row)
            .onConflict((conflict) => conflict.column("id").doNothing())
            .returning("version"),
        ),
      update: () =>
        compiledOnce(db, "saved avatar", { ...avatarRow(avatar), read: avatar.version }, (on, { read, ...row }) =>
          on
            .updateTable("likeness_avatar")
            .set(without(row, fixed))
            .where("id", "=", row.id)
            .where("version", "=", read)
            .returning("version"),
        ),
    }),

  listByOwner: (ownerId) =>
    attempt(db, async () => {
      const rows = await compiledOnce(db, "avatars of an owner", { ownerId }, (on, given) =>
        on
          .selectFrom("likeness_avatar")
          .selectAll()
          .where("owner_id", "=", given.ownerId)
          .orderBy("created_at")
          .orderBy("id"),
      );
      return rows.map(avatarOf);
    }),

  setMain: (ownerId, id) =>
    transaction(db, (tx) =>
      avatarRepository(tx)
        .hold(id)
        .andThen((avatar) => {
          if (avatar?.ownerId !== ownerId || avatar.main) return okAsync(undefined);
          return attempt(tx, async () => {
            // Two statements, because the index on main avatars is checked row by row.
            const mark = (main: 0 | 1) =>
              tx.updateTable("likeness_avatar").set((column) => ({ main, version: column("version", "+", 1) }));
            await mark(0).where("owner_id", "=", ownerId).where("main", "=", 1).execute();
            await mark(1).where("id", "=", id).execute();
          }).mapErr(refusal);
        }),
    ),

  delete: (id) =>
    transaction(db, (tx) =>
      attempt(tx, async () => {
        const orders = await tx.selectFrom("likeness_order").select("id").where("avatar_id", "=", id).execute();
        // Selected by ids, because PostgreSQL would scan all deliveries for a join.
        const ids = orders.map((order) => order.id);
        for (let start = 0; start < ids.length; start += batch) {
          const some = ids.slice(start, start + batch);
          await tx.deleteFrom("likeness_webhook_inbox").where("order_id", "in", some).execute();
        }
        await tx.deleteFrom("likeness_avatar").where("id", "=", id).execute();
      }),
    ),
});
