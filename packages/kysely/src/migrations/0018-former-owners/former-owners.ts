import { sql, type Kysely, type SelectQueryBuilder } from "kysely";
import type { Migration } from "../migration.ts";

interface Tables {
  readonly likeness_owner: { readonly id: string; readonly last_seen_at: string; readonly version: number };
  readonly likeness_avatar: { readonly id: string; readonly owner_id: string; readonly updated_at: string };
  readonly likeness_photo: { readonly avatar_id: string; readonly created_at: string };
  readonly likeness_order: { readonly owner_id: string; readonly created_at: string };
  readonly likeness_consent: { readonly owner_id: string; readonly given_at: string };
  readonly likeness_session: { readonly owner_id: string | null };
}

/**
 * Owners who have not been seen since the step 0012 get a last sign of life, without which they are never counted as
 * silent: the time of their newest row, or of this step if there is only a session, which tells no time. The books are not
 * looked at: their owners may be pseudonyms of erased ones.
 */
export const formerOwners: Migration = {
  up: async (db: Kysely<Tables>) => {
    const avatars = db.selectFrom("likeness_avatar");
    const signs = avatars
      .select(["owner_id", "updated_at as seen_at"])
      .unionAll(
        db
          .selectFrom("likeness_photo")
          .innerJoin("likeness_avatar", "likeness_avatar.id", "likeness_photo.avatar_id")
          .select(["likeness_avatar.owner_id", "likeness_photo.created_at as seen_at"]),
      )
      .unionAll(db.selectFrom("likeness_order").select(["owner_id", "created_at as seen_at"]))
      .unionAll(db.selectFrom("likeness_consent").select(["owner_id", "given_at as seen_at"]));
    await addOwners(db, signs);

    const sessions = db.selectFrom("likeness_session").where("owner_id", "is not", null);
    const now = sql.lit(new Date().toISOString());
    await addOwners(
      db,
      sessions.select(({ ref }) => [ref("owner_id").$notNull().as("owner_id"), now.as("seen_at")]),
    );
  },
};

/** Adds the owners who have no row, each seen at the newest of the times. */
async function addOwners(
  db: Kysely<Tables>,
  signs: SelectQueryBuilder<Tables, keyof Tables, { readonly owner_id: string; readonly seen_at: string }>,
): Promise<void> {
  const missing = db
    .selectFrom(signs.as("sign"))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("likeness_owner").select("id").whereRef("id", "=", "sign.owner_id"))),
    )
    .groupBy("owner_id")
    .select(({ fn }) => ["owner_id", fn.max("seen_at").as("seen_at"), sql.lit(1).as("version")]);
  await db.insertInto("likeness_owner").columns(["id", "last_seen_at", "version"]).expression(missing).execute();
}
