import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** For trainings whose photos are kept no longer. */
export const photoRetention: Migration = {
  up: async ({ schema }) => {
    const trained = schema.createIndex("likeness_order_trained").on("likeness_order").columns(["finished_at", "id"]);
    await trained
      .where(sql.ref("kind"), "=", sql.lit("training"))
      .where(sql.ref("status"), "=", sql.lit("succeeded"))
      .execute();
  },
};
