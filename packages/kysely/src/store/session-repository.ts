import type { SessionRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { saveRow } from "./save-row.ts";
import { sessionOf, sessionRow } from "./session-row.ts";

export const sessionRepository = (db: Kysely<Database>): SessionRepository => ({
  find: (key) =>
    attempt(db, async () => {
      const [row] = await compiledOnce(db, "session", { key }, (on, given) =>
        on.selectFrom("likeness_session").selectAll().where("key", "=", given.key),
      );
      return row && sessionOf(row);
    }),

  save: (session) =>
    saveRow(db, {
      entity: "session",
      id: session.key,
      value: session,
      insert: () =>
        compiledOnce(db, "new session", sessionRow(session), (on, row) =>
          on
            .insertInto("likeness_session")
            .values(row)
            .onConflict((conflict) => conflict.column("key").doNothing())
            .returning("version"),
        ),
      update: () =>
        compiledOnce(db, "saved session", { ...sessionRow(session), read: session.version }, (on, { read, ...row }) =>
          on
            .updateTable("likeness_session")
            .set(row)
            .where("key", "=", row.key)
            .where("version", "=", read)
            .returning("version"),
        ),
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
