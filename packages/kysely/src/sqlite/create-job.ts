import { sql } from "kysely";
import type { Migration } from "../migrations/migration.ts";

/** This step is published, so it never changes, except for the prefix of its names. */
export const createJob: Migration = {
  up: async ({ schema }) => {
    await schema
      .createTable("likeness_job")
      .addColumn("id", "integer", (column) => column.notNull().primaryKey())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("key", "text", (column) => column.notNull())
      .addColumn("payload", "text", (column) => column.notNull())
      .addColumn("run_at", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("lease_owner", "text")
      .addColumn("lease_until", "text")
      .addColumn("last_error", "text")
      .addColumn("dead_at", "text")
      .addCheckConstraint("lease_whole", sql`(lease_owner is null) = (lease_until is null)`)
      .addCheckConstraint("claim_counted", sql`lease_owner is null or attempts > 0`)
      .addCheckConstraint("dead_unclaimed", sql`dead_at is null or lease_owner is null`)
      .execute();

    const alive = schema.createIndex("likeness_job_due").on("likeness_job").columns(["run_at", "id"]);
    await alive.where(sql.ref("dead_at"), "is", null).execute();

    const unclaimed = schema.createIndex("likeness_job_unclaimed").unique().on("likeness_job").columns(["kind", "key"]);
    await unclaimed.where(sql.ref("attempts"), "=", sql.lit(0)).where(sql.ref("dead_at"), "is", null).execute();

    const dead = schema.createIndex("likeness_job_dead").unique().on("likeness_job").columns(["kind", "key"]);
    await dead.where(sql.ref("dead_at"), "is not", null).execute();
  },
};
