import { sql } from "kysely";
import type { Migration } from "../migration.ts";

/** Jobs by their key, and dead ones by the time of their death, in the job table of SQLite. */
export const jobIndex: Migration = {
  up: async ({ schema }) => {
    await schema.createIndex("likeness_job_key").on("likeness_job").column("key").execute();
    const dead = schema.createIndex("likeness_job_died").on("likeness_job").columns(["dead_at", "id"]);
    await dead.where(sql.ref("dead_at"), "is not", null).execute();
  },
};
