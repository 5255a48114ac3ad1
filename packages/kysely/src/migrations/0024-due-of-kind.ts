import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Due jobs by their kind, in the job table of SQLite: many of one kind are not read to find those of the others. */
export const dueOfKind: Migration = {
  up: async ({ schema }) => {
    const due = schema.createIndex("likeness_job_kind_due").on("likeness_job").columns(["kind", "run_at", "id"]);
    await due.where(sql.ref("dead_at"), "is", null).execute();
    await schema.dropIndex("likeness_job_due").execute();
  },
};
