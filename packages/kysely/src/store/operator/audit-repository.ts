import type { AuditRepository } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt } from "../../attempt.ts";
import type { Database } from "../../database.ts";
import { auditOf, auditRow } from "./audit-row.ts";
import { olderThan } from "./row-page.ts";

export const auditRepository = (db: Kysely<Database>): AuditRepository => ({
  note: (entry) =>
    attempt(db, async () => {
      const insert = db.insertInto("likeness_audit").values(auditRow(entry));
      // The answer to the first attempt may have been lost.
      await insert.onConflict((conflict) => conflict.column("id").doNothing()).execute();
    }),

  noteOutcome: (id, { outcome, at }) =>
    attempt(db, async () => {
      const open = db.updateTable("likeness_audit").where("id", "=", id).where("outcome", "is", null);
      await open.set({ outcome, ended_at: at }).execute();
    }),

  list: ({ subject }, { limit, after }) =>
    attempt(db, async () => {
      const all = db.selectFrom("likeness_audit").selectAll();
      const about = subject ? all.where("subject_type", "=", subject.type).where("subject_id", "=", subject.id) : all;
      const page = after ? about.where(olderThan("at", "id", after)) : about;
      return (await page.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute()).map(auditOf);
    }),

  dismiss: ({ type, id }, at) =>
    attempt(db, async () => {
      await db
        .insertInto("likeness_dismissal")
        .values({ subject_type: type, subject_id: id, at })
        .onConflict((conflict) => conflict.columns(["subject_type", "subject_id"]).doUpdateSet({ at }))
        .execute();
    }),

  restore: ({ type, id }) =>
    attempt(db, async () => {
      const dismissal = db.deleteFrom("likeness_dismissal").where("subject_type", "=", type);
      await dismissal.where("subject_id", "=", id).execute();
    }),
});
