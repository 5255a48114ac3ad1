import type { Kysely } from "kysely";
import type { Database } from "../../database.ts";
import { tableExists } from "../table-exists.ts";
import { prefixInPostgres } from "./prefix-in-postgres.ts";
import { prefixInSqlite } from "./prefix-in-sqlite.ts";

/**
 * Gives the tables of a database that took its first step before they had a prefix their present names. Where the first
 * step made them so, what is called `avatar` belongs to somebody else, and nothing is done.
 */
export async function prefixTables(db: Kysely<Database>): Promise<void> {
  if (await tableExists(db, "likeness_avatar")) return;
  if (await tableExists(db, "sqlite_schema")) await prefixInSqlite(db);
  else await prefixInPostgres(db);
  // Kysely made it while its migrator took the steps.
  await db.schema.dropTable("likeness_migration_lock").ifExists().execute();
}
