import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/**
 * Deliveries are deleted with the training that they are about, so they are found by it. Those that were settled before
 * let go of their headers and body, as those that are settled from now on do.
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
