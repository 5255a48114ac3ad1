import type { Kysely } from "kysely";
import type { Database } from "../../database.ts";
import { tableExists } from "../table-exists.ts";
import { prefixInPostgres } from "./prefix-in-postgres.ts";
import { prefixInSqlite } from "./prefix-in-sqlite.ts";

/**
 * Renames the tables of a database whose first step created them without a prefix. If the first step created them with
 * the prefix, a table named `avatar` belongs to the host, and nothing is done.
 */
export async function prefixTables(db: Kysely<Database>): Promise<void> {
  if (await tableExists(db, "likeness_avatar")) return;
  if (await tableExists(db, "sqlite_schema")) await prefixInSqlite(db);
  else await prefixInPostgres(db);
  // Created by Kysely's own migrator, which earlier versions used.
  await db.schema.dropTable("likeness_migration_lock").ifExists().execute();
}
