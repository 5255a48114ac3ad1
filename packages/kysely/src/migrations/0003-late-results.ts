import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** A partial index, because late results are few, for the operator's list of them. */
export const lateResults: Migration = {
  up: async ({ schema }) => {
    const late = schema.createIndex("likeness_training_late").on("likeness_training").columns(["finished_at", "id"]);
    await late
      .where(sql.ref("status"), "in", [sql.lit("failed"), sql.lit("cancelled")])
      .where(sql.ref("model"), "is not", null)
      .execute();
  },
};
