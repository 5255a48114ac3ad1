import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Results that came after their training was over are few, and an operator lists them. */
export const lateResults: Migration = {
  up: async ({ schema }) => {
    const late = schema.createIndex("likeness_training_late").on("likeness_training").columns(["finished_at", "id"]);
    await late
      .where(sql.ref("status"), "in", [sql.lit("failed"), sql.lit("cancelled")])
      .where(sql.ref("model"), "is not", null)
      .execute();
  },
};
