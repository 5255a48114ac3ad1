import type { ConsentRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../attempt.ts";
import { compiledOnce } from "../compiled-once.ts";
import type { Database } from "../database.ts";
import { consentOf, consentRow } from "./consent-row.ts";

export const consentRepository = (db: Kysely<Database>): ConsentRepository => ({
  insert: (consent) =>
    attempt(db, async () => {
      const inserted = await db
        .insertInto("likeness_consent")
        .values(consentRow(consent))
        .onConflict((conflict) =>
          conflict.columns(["owner_id", "version", "text_hash"]).where("withdrawn_at", "is", null).doNothing(),
        )
        .returning("id")
        .executeTakeFirst();
      return inserted ? "new" : "known";
    }),

  hold: (ownerId) =>
    attempt(db, async () => {
      const open = await compiledOnce(db, "held consents of an owner", { ownerId }, (on, given) =>
        consentsOf(on, given.ownerId).where("withdrawn_at", "is", null).forUpdate(),
      );
      return open.map(consentOf);
    }),

  listByOwner: (ownerId) => attempt(db, async () => (await consentsOf(db, ownerId).execute()).map(consentOf)),

  withdraw: (ownerId, at) =>
    attempt(db, async () => {
      const open = db.updateTable("likeness_consent").set({ withdrawn_at: at }).where("owner_id", "=", ownerId);
      return (await open.where("withdrawn_at", "is", null).returning("id").execute()).length;
    }),

  eraseOwner: (ownerId) =>
    attempt(db, async () => {
      await db.deleteFrom("likeness_consent").where("owner_id", "=", ownerId).execute();
    }),
});

const consentsOf = (db: Kysely<Database>, ownerId: string) =>
  db
    .selectFrom("likeness_consent")
    .selectAll()
    .where("owner_id", "=", ownerId)
    .orderBy("given_at", "desc")
    .orderBy("id", "desc");
