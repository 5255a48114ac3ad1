import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/**
 * Where the photos of an ended training were uploaded to, so that they can be erased there. A new column, because the
 * check of `archive_url` requires null in these statuses, and SQLite cannot drop a check without creating the table
 * again.
 */
export const keptArchives: Migration = {
  up: async ({ schema }) => {
    await schema
      .alterTable("likeness_training")
      .addColumn("kept_archive_url", "text", (column) =>
        column.check(sql`kept_archive_url is null or status in ('succeeded', 'failed', 'cancelled')`),
      )
      .execute();
  },
};
