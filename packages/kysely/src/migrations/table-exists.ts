import { sql, type Kysely } from "kysely";
import type { Database } from "../database.ts";
import { sqlState } from "../postgres/interruption.ts";

/** Whether there is such a table in the schema that `db` uses. An open transaction stays usable. */
export async function tableExists(db: Kysely<Database>, name: string): Promise<boolean> {
  const look = db.withTables<Record<string, object>>().selectFrom(name).select(sql.lit(1).as("one")).limit(0);
  const exists = async () => {
    try {
      await look.execute();
      return true;
    } catch (cause) {
      if (isUndefinedTable(cause)) return false;
      throw cause;
    }
  };
  if (!db.isTransaction) return exists();
  // Not by selecting from the table: in PostgreSQL the error would abort the transaction.
  await sql`savepoint looking`.execute(db);
  const found = await exists();
  await sql`rollback to savepoint looking`.execute(db);
  await sql`release savepoint looking`.execute(db);
  return found;
}

const undefinedTable = "42P01";

const isUndefinedTable = (cause: unknown): boolean =>
  sqlState(cause) === undefinedTable || (cause instanceof Error && cause.message.startsWith("no such table: "));
