import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/**
 * Adds an index by training, because deliveries are deleted with their training. Empties headers and body of the
 * deliveries that are settled already, as `settle` does since then.
 */
export const settledDeliveries: Migration = {
  up: async (db) => {
    const ofTraining = db.schema
      .createIndex("likeness_webhook_inbox_training")
      .on("likeness_webhook_inbox")
      .column("training_id");
    await ofTraining.where(sql.ref("training_id"), "is not", null).execute();
    const settled = db.updateTable("likeness_webhook_inbox").where("settled_at", "is not", null);
    await settled.set({ headers: "{}", body: "" }).execute();
  },
};
