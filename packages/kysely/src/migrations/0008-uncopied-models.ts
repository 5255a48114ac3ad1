import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** A partial index, because models that could not be copied are few, for the operator's list of them. */
export const uncopiedModels: Migration = {
  up: async ({ schema }) => {
    const index = schema
      .createIndex("likeness_training_uncopied")
      .on("likeness_training")
      .columns(["finished_at", "id"]);
    await index
      .where(sql.ref("model"), "is not", null)
      .where(sql<boolean>`(weights_blob_key is null or config_blob_key is null)`)
      .execute();
  },
};
