import { setImmediate } from "node:timers/promises";
import type { PhotoRepository } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { withoutId } from "./columns.ts";
import { photoOf, photoRow } from "./photo-row.ts";
import { saveRow } from "./save-row.ts";

export const photoRepository = (db: Kysely<Database>): PhotoRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "photo", { id }, (on, given) =>
        on.selectFrom("likeness_photo").selectAll().where("id", "=", given.id),
      );
      return row && photoOf(row);
    }),

  listByAvatar: (avatarId) =>
    attempt(db, async () => {
      const rows = await compiledOnce(db, "photos of an avatar", { avatarId }, (on, given) =>
        on.selectFrom("likeness_photo").selectAll().where("avatar_id", "=", given.avatarId).orderBy("number"),
      );
      return rows.map(photoOf);
    }),

  save: (photo) =>
    saveRow(db, {
      entity: "photo",
      id: photo.id,
      value: photo,
      insert: () =>
        compiledOnce(db, "new photo", photoRow(photo), (on, row) =>
          on
            .insertInto("likeness_photo")
            .values(row)
            .onConflict((conflict) => conflict.column("id").doNothing())
            .returning("version"),
        ),
      update: () =>
        compiledOnce(db, "saved photo", { ...photoRow(photo), read: photo.version }, (on, { read, ...row }) =>
          on
            .updateTable("likeness_photo")
            .set(withoutId(row))
            .where("id", "=", row.id)
            .where("version", "=", read)
            .returning("version"),
        ),
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
        )
        .orderBy("training.finished_at")
        .orderBy("training.id");
      // Literals, because a partial index serves only a query that repeats its condition.
      const inTime = trained.where("training.status", "=", sql.lit("succeeded" as const));
      const adopted = trained
        .where("training.status", "in", [sql.lit("failed" as const), sql.lit("cancelled" as const)])
        .where("training.outcome", "is not", null)
        .where("avatar.updated_at", "<", moment);
      const found: string[] = [];
      const add = async (some: typeof trained): Promise<void> => {
        const first = some.limit(limit - found.length);
        found.push(...(await first.execute()).map(({ avatar_id: avatarId }) => avatarId));
      };
      for (let after: TrainedPlace | undefined; found.length < limit;) {
        const last: TrainedPlace | undefined = await endOfSlice(db, { moment, after });
        const rest = after ? inTime.where(isBeyond("training.", ">", after)) : inTime;
        await add(last ? rest.where(isBeyond("training.", "<=", last)) : rest);
        if (!last) break;
        after = last;
        await setImmediate();
      }
      if (found.length < limit) await add(adopted);
      return found;
    }),

  usesBlob: (key) =>
    attempt(db, async () => {
      // Only accepted photos have a blob key, which a check of the table enforces.
      const [user] = await compiledOnce(db, "photo with a blob", { key }, (on, given) =>
        on.selectFrom("likeness_photo").select("id").where("blob_key", "=", given.key).limit(1),
      );
      return user !== undefined;
    }),
});

/**
 * Trainings that one statement looks at. Nearly all of them are of avatars whose photos are gone already, and with SQLite
 * nothing else is done during a statement: with this many it takes a few milliseconds.
 */
const slice = 2_000;

interface TrainedPlace {
  readonly finished_at: string | null;
  readonly id: string;
}

/** The last training of the next slice; `undefined`: fewer are left. */
function endOfSlice(
  db: Kysely<Database>,
  { moment, after }: { readonly moment: string; readonly after: TrainedPlace | undefined },
): Promise<TrainedPlace | undefined> {
  const trained = db
    .selectFrom("likeness_order")
    .select(["finished_at", "id"])
    .where("kind", "=", sql.lit("training"))
    .where("status", "=", sql.lit("succeeded" as const))
    .where("finished_at", "<", moment);
  const rest = after ? trained.where(isBeyond("", ">", after)) : trained;
  return rest
    .orderBy("finished_at")
    .orderBy("id")
    .offset(slice - 1)
    .limit(1)
    .executeTakeFirst();
}

const isBeyond = (table: "" | "training.", than: ">" | "<=", { finished_at: at, id }: TrainedPlace) =>
  sql<boolean>`(${sql.ref(`${table}finished_at`)}, ${sql.ref(`${table}id`)}) ${sql.raw(than)} (${at}, ${id})`;
