import type { PictureFilter, PictureRepository } from "@likeness/core";
import { expressionBuilder, sql, type Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { withoutId, withoutNulls } from "./columns.ts";
import { pictureOf, pictureRow } from "./picture-row.ts";
import { saveRow } from "./save-row.ts";

export const pictureRepository = (db: Kysely<Database>): PictureRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_picture").selectAll().where("id", "=", id).executeTakeFirst();
      return row && pictureOf(row);
    }),

  findMany: (ids) =>
    attempt(db, async () => {
      // Not every database takes an empty list.
      if (ids.length === 0) return [];
      const rows = await db.selectFrom("likeness_picture").selectAll().where("id", "in", ids).execute();
      return rows.map(pictureOf);
    }),

  save: (picture) =>
    saveRow(db, {
      entity: "picture",
      id: picture.id,
      value: picture,
      insert: () =>
        db
          .insertInto("likeness_picture")
          .values(pictureRow(picture))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("version")
          .execute(),
      update: () =>
        db
          .updateTable("likeness_picture")
          .set(withoutId(pictureRow(picture)))
          .where("id", "=", picture.id)
          .where("version", "=", picture.version)
          .returning("version")
          .execute(),
    }),

  delete: (id) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_picture").where("id", "=", id).execute();
    }),

  list: (filter, { limit, olderThan }) =>
    attempt(db, async () => {
      const pictures = picturesOf(db, filter);
      const page = olderThan === undefined ? pictures : pictures.where(compared(db, "<", olderThan));
      const newestFirst = page.selectAll().orderBy("created_at", "desc").orderBy("id", "desc");
      return (await newestFirst.limit(limit).execute()).map(pictureOf);
    }),

  positionOf: (filter, id) =>
    attempt(db, async () => {
      const all = picturesOf(db, filter);
      const newer = all.where(compared(db, ">", id));
      const older = all.where(compared(db, "<", id));
      // One statement, so that all of it is of the same moment.
      const around = await all
        .where("id", "=", id)
        .select(({ fn }) => [
          newer.select(fn.countAll().as("count")).as("newer"),
          older.select(fn.countAll().as("count")).as("older"),
          newer.select("id").orderBy("created_at").orderBy("id").limit(1).as("newer_id"),
          older.select("id").orderBy("created_at", "desc").orderBy("id", "desc").limit(1).as("older_id"),
        ])
        .executeTakeFirst();
      if (!around) return undefined;
      const position = Number(around.newer) + 1;
      return {
        position,
        total: position + Number(around.older),
        ...withoutNulls({ newerId: around.newer_id, olderId: around.older_id }),
      };
    }),
});

function picturesOf(db: Kysely<Database>, { ownerId, avatarId, favourites }: PictureFilter) {
  const owned = db.selectFrom("likeness_picture").where("owner_id", "=", ownerId);
  const chosen = avatarId === undefined ? owned : owned.where("avatar_id", "=", avatarId);
  // A literal, because a partial index serves only a query that repeats its condition.
  return favourites ? chosen.where("favourite", "=", sql.lit(1)) : chosen;
}

const { eb, refTuple, tuple } = expressionBuilder<Database, "likeness_picture">();

/** Compares the place of a picture with that of another one. If there is no such picture, nothing is newer or older. */
const compared = (db: Kysely<Database>, operator: "<" | ">", id: string) => {
  const createdAt = db.selectFrom("likeness_picture").select("created_at").where("id", "=", id);
  return eb(refTuple("created_at", "id"), operator, tuple(createdAt, id));
};
