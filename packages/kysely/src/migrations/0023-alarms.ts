import { sql } from "kysely";
import { count, optionalTime, primaryKey, required, statuses, time } from "./0001-tables/columns.ts";
import type { Migration } from "./migration.ts";

/** Alarms, one row for each cause, and what was seen of causes that no other row tells. They name nobody. */
export const alarms: Migration = {
  up: async ({ schema }) => {
    await schema
      .createTable("likeness_alarm")
      .addColumn("cause", "text", primaryKey)
      .addColumn("version", "integer", required)
      .addColumn("status", "text", required)
      .addColumn("since", "text", time("since"))
      .addColumn("calm_since", "text", optionalTime("calm_since"))
      .addColumn("facts", "text", required)
      .addColumn("calm_seconds", "integer", count("calm_seconds"))
      .addColumn("told", "text", required)
      .$call(statuses(["on", "over"]))
      .addCheckConstraint("over_is_calm", sql`status = 'on' or calm_since is not null`)
      .execute();
    await schema
      .createTable("likeness_sighting")
      .addColumn("what", "text", required)
      .addColumn("subject", "text", required)
      .addColumn("seen_at", "text", time("seen_at"))
      .addColumn("http_status", "integer")
      .addColumn("cleared_at", "text", optionalTime("cleared_at"))
      .addPrimaryKeyConstraint("likeness_sighting_once", ["what", "subject"])
      .execute();
  },
};
