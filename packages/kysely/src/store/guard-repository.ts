import type { GuardRepository } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { okAsync } from "neverthrow";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { isSqlite } from "../sqlite/sqlite-dialect.ts";

const paidWork = "paid-work";

export const guardRepository = (db: Kysely<Database>): GuardRepository => ({
  holdOwner: (ownerId) =>
    // A transaction of SQLite has the whole file.
    isSqlite(db)
      ? okAsync(undefined)
      : attempt(db, async () => {
          await sql`select pg_advisory_xact_lock(hashtextextended(${`likeness owner ${ownerId}`}, 0))`.execute(db);
        }),

  spend: ({ day, amount, cap }) => {
    // Also keeps the sum within the column's 31 bits.
    if (amount > cap) return okAsync("beyond-cap");
    return attempt(db, async () => {
      const counted = await db
        .insertInto("likeness_spending")
        .values({ day, amount })
        .onConflict((conflict) =>
          conflict
            .column("day")
            .doUpdateSet((column) => ({ amount: column("likeness_spending.amount", "+", amount) }))
            .where("likeness_spending.amount", "<=", cap - amount),
        )
        .returning("day")
        .executeTakeFirst();
      return counted ? "spent" : "beyond-cap";
    });
  },

  spentOn: (day) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_spending").select("amount").where("day", "=", day).executeTakeFirst();
      return row?.amount ?? 0;
    }),

  paidWork: () =>
    attempt(db, async () => {
      const found = db.selectFrom("likeness_switch").select(["state", "switched_at"]).where("name", "=", paidWork);
      const row = await found.executeTakeFirst();
      return row && { state: row.state, switchedAt: row.switched_at };
    }),

  switchPaidWork: ({ state, switchedAt }) =>
    attempt(db, async () => {
      await db
        .insertInto("likeness_switch")
        .values({ name: paidWork, state, switched_at: switchedAt })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ state, switched_at: switchedAt }))
        .execute();
    }),

  noteErased: ({ id, ownerDigest, placedAt, activeUntil = null, keepUntil }) =>
    attempt(db, async () => {
      await db
        .insertInto("likeness_erased_count")
        .values({
          id,
          owner_digest: ownerDigest,
          placed_at: placedAt,
          active_until: activeUntil,
          keep_until: keepUntil,
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    }),

  countErased: (ownerDigest, { placedSince, activeAfter }) =>
    attempt(db, async () => {
      const own = db.selectFrom("likeness_erased_count").where("owner_digest", "=", ownerDigest);
      const counts = await own
        .select(({ fn }) => [
          fn.countAll().filterWhere("active_until", ">", activeAfter).as("active"),
          fn.countAll().filterWhere("placed_at", ">=", placedSince).as("placed"),
        ])
        .executeTakeFirstOrThrow();
      return { active: Number(counts.active), placed: Number(counts.placed) };
    }),

  purgeErased: (moment) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_erased_count").where("keep_until", "<", moment).execute();
    }),
});
