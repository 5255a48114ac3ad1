import { tables } from "./0001-tables/tables.ts";
import { faceDeliveries } from "./0002-face-deliveries.ts";
import { lateResults } from "./0003-late-results.ts";
import type { Migration } from "./migration.ts";

/**
 * The steps that lead to the present tables, in the order of their names, for every database. A step that was published
 * never changes: a new one is added. SQLite takes `sqliteMigrations`.
 */
export const migrations: Readonly<Record<string, Migration>> = Object.freeze({
  "0001-tables": tables,
  "0002-face-deliveries": faceDeliveries,
  "0003-late-results": lateResults,
});
