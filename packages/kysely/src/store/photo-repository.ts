import type { PhotoRepository } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { withoutId } from "./columns.ts";
import { photoOf, photoRow } from "./photo-row.ts";
import { saveRow } from "./save-row.ts";

export const photoRepository = (db: Kysely<Database>): PhotoRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_photo").selectAll().where("id", "=", id).executeTakeFirst();
      return row && photoOf(row);
    }),

  listByAvatar: (avatarId) =>
    attempt(db, async () => {
      const photos = db.selectFrom("likeness_photo").selectAll().where("avatar_id", "=", avatarId);
      return (await photos.orderBy("number").execute()).map(photoOf);
    }),

  save: (photo) =>
    saveRow(db, {
      entity: "photo",
      id: photo.id,
      value: photo,
      insert: () =>
        db
          .insertInto("likeness_photo")
          .values(photoRow(photo))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("version"),
      update: () =>
        db
          .updateTable("likeness_photo")
          .set(withoutId(photoRow(photo)))
          .where("id", "=", photo.id)
          .where("version", "=", photo.version)
          .returning("version"),
    }),

  delete: (id) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_photo").where("id", "=", id).execute();
    }),

  pendingBefore: (moment, limit) =>
    attempt(db, async () => {
      const pending = db
        .selectFrom("likeness_photo")
        .selectAll()
        // A literal, because a partial index serves only a query that repeats its condition.
        .where("status", "=", sql.lit("pending"))
        .where("created_at", "<", moment);
      return (await pending.orderBy("created_at").orderBy("id").limit(limit).execute()).map(photoOf);
    }),

  avatarsTrainedBefore: (moment, limit) =>
    attempt(db, async () => {
      const trained = db
        .selectFrom("likeness_order as training")
        .innerJoin("likeness_avatar as avatar", "avatar.id", "training.avatar_id")
        .select("training.avatar_id")
        .where("training.kind", "=", sql.lit("training"))
        .where("training.finished_at", "<", moment)
        .whereRef("avatar.training_id", "=", "training.id")
        .where("avatar.status", "=", "ready")
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom("likeness_photo as photo")
              .select("photo.id")
              .whereRef("photo.avatar_id", "=", "training.avatar_id")
              .where("photo.created_at", "<", moment),
          ),
        );
      // Literals, because a partial index serves only a query that repeats its condition.
      const inTime = trained.where("training.status", "=", sql.lit("succeeded" as const));
      const adopted = trained
        .where("training.status", "in", [sql.lit("failed" as const), sql.lit("cancelled" as const)])
        .where("training.outcome", "is not", null)
        .where("avatar.updated_at", "<", moment);
      const found: string[] = [];
      for (const some of [inTime, adopted]) {
        const first = some
          .orderBy("training.finished_at")
          .orderBy("training.id")
          .limit(limit - found.length);
        found.push(...(await first.execute()).map(({ avatar_id: avatarId }) => avatarId));
        if (found.length === limit) break;
      }
      return found;
    }),

  usesBlob: (key) =>
    attempt(db, async () => {
      // Only accepted photos have a blob key, which a check of the table enforces.
      const user = await db
        .selectFrom("likeness_photo")
        .select("id")
        .where("blob_key", "=", key)
        .limit(1)
        .executeTakeFirst();
      return user !== undefined;
    }),
});
