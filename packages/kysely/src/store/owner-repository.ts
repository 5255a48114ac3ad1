import type { OwnerRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { withoutId } from "./columns.ts";
import { ownerOf, ownerRow } from "./owner-row.ts";
import { saveRow } from "./save-row.ts";

export const ownerRepository = (db: Kysely<Database>): OwnerRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "owner", { id }, (on, given) =>
        on.selectFrom("likeness_owner").selectAll().where("id", "=", given.id),
      );
      return row && ownerOf(row);
    }),

  hold: (id) =>
    attempt(db, async () => {
      const found = db.selectFrom("likeness_owner").selectAll().where("id", "=", id);
      const row = await found.forUpdate().executeTakeFirst();
      return row && ownerOf(row);
    }),

  save: (owner) =>
    saveRow(db, {
      entity: "owner",
      id: owner.id,
      value: owner,
      insert: () =>
        db
          .insertInto("likeness_owner")
          .values(ownerRow(owner))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("version")
          .execute(),
      update: () =>
        db
          .updateTable("likeness_owner")
          .set(withoutId(ownerRow(owner)))
          .where("id", "=", owner.id)
          .where("version", "=", owner.version)
          .returning("version")
          .execute(),
    }),

  silentBefore: (moment, limit, after) =>
    attempt(db, async () => {
      const silent = db.selectFrom("likeness_owner").selectAll().where("last_seen_at", "<", moment);
      const rest = after
        ? silent
            .where("last_seen_at", ">=", after.lastSeenAt)
            .where((owner) => owner.or([owner("last_seen_at", ">", after.lastSeenAt), owner("id", ">", after.id)]))
        : silent;
      return (await rest.orderBy("last_seen_at").orderBy("id").limit(limit).execute()).map(ownerOf);
    }),

  eraseOwner: (ownerId) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_owner").where("id", "=", ownerId).execute();
    }),
});
