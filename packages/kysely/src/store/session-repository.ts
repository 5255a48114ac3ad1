import type { SessionRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import { saveRow } from "./save-row.ts";
import { sessionOf, sessionRow } from "./session-row.ts";

export const sessionRepository = (db: Kysely<Database>): SessionRepository => ({
  find: (key) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_session").selectAll().where("key", "=", key).executeTakeFirst();
      return row && sessionOf(row);
    }),

  save: (session) =>
    saveRow(db, {
      entity: "session",
      id: session.key,
      value: session,
      insert: () =>
        db
          .insertInto("likeness_session")
          .values(sessionRow(session))
          .onConflict((conflict) => conflict.column("key").doNothing())
          .returning("version")
          .execute(),
      update: () =>
        db
          .updateTable("likeness_session")
          .set(sessionRow(session))
          .where("key", "=", session.key)
          .where("version", "=", session.version)
          .returning("version")
          .execute(),
    }),

  delete: (key) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_session").where("key", "=", key).execute();
    }),

  eraseOwner: (ownerId) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_session").where("owner_id", "=", ownerId).execute();
    }),
});
