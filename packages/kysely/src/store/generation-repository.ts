import type { GenerationRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { withoutId } from "./columns.ts";
import { generationOf, generationRow } from "./generation-row.ts";
import { saveRow } from "./save-row.ts";

export const generationRepository = (db: Kysely<Database>): GenerationRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_generation").selectAll().where("id", "=", id).executeTakeFirst();
      return row && generationOf(row);
    }),

  findByIdempotencyKey: (key) =>
    attempt(db, async () => {
      const row = await db
        .selectFrom("likeness_generation")
        .selectAll()
        .where("idempotency_key", "=", key)
        .executeTakeFirst();
      return row && generationOf(row);
    }),

  listByAvatar: (avatarId) =>
    attempt(db, async () => {
      const generations = db.selectFrom("likeness_generation").selectAll().where("avatar_id", "=", avatarId);
      return (await generations.orderBy("created_at", "desc").orderBy("id", "desc").execute()).map(generationOf);
    }),

  save: (generation) =>
    saveRow(db, {
      entity: "generation",
      id: generation.id,
      value: generation,
      insert: () =>
        db
          .insertInto("likeness_generation")
          .values(generationRow(generation))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("version"),
      update: () =>
        db
          .updateTable("likeness_generation")
          .set(withoutId(generationRow(generation)))
          .where("id", "=", generation.id)
          .where("version", "=", generation.version)
          .returning("version"),
    }),

  dueBefore: (moment, limit) =>
    attempt(db, async () => {
      const due = db.selectFrom("likeness_generation").selectAll().where("next_check_at", "<", moment);
      return (await due.orderBy("next_check_at").orderBy("id").limit(limit).execute()).map(generationOf);
    }),
});
