import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/**
 * Where the photos of a training that has ended were uploaded to, so that its erasure can ask for them. Besides
 * `archive_url`, whose check allows none in these statuses, and SQLite takes no check off a table without making it anew.
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
