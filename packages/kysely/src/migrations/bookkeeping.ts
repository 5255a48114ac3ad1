import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { tableExists } from "./table-exists.ts";

/**
 * The same table as Kysely's migrator has, under another name, so that a host can have its own migrations in the
 * database.
 */
const table = "likeness_migration";

type Bookkeeping = Record<typeof table, { readonly name: string; readonly timestamp: string }>;

/** The names of the steps that the database has taken, in their order. */
export async function takenSteps(db: Kysely<Database>): Promise<string[]> {
  if (!(await tableExists(db, table))) return [];
  const taken = await db.withTables<Bookkeeping>().selectFrom(table).select("name").execute();
  return taken.map(({ name }) => name).toSorted();
}

/** Records that a step was taken. */
export async function noteStep(db: Kysely<Database>, name: string): Promise<void> {
  const timestamp = new Date().toISOString();
  await db.withTables<Bookkeeping>().insertInto(table).values({ name, timestamp }).execute();
}

/** Creates the table only if it is missing, because the role may not have the right to create tables. */
export async function makeBookkeeping(db: Kysely<Database>): Promise<void> {
  if (await tableExists(db, table)) return;
  await db.schema
    .createTable(table)
    .addColumn("name", "varchar(255)", (column) => column.notNull().primaryKey())
    .addColumn("timestamp", "varchar(255)", (column) => column.notNull())
    .execute();
}
