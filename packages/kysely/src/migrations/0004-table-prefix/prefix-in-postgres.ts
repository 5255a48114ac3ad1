import { sql, type Kysely } from "kysely";
import type { Database } from "../../database.ts";
import { formerIndexes, formerTables } from "./former-names.ts";

interface Named {
  readonly table: string;
  readonly name: string;
}

/** Only renames, whose duration does not depend on the number of rows. Triggers and views follow their table. */
export async function prefixInPostgres(db: Kysely<Database>): Promise<void> {
  const tables = sql.join(formerTables.map((table) => sql`to_regclass(${table})`));

  // Constraints that PostgreSQL named after their table, renamed so that later steps find the same name in every
  // database.
  const constraints = await sql<Named>`
    select relname as table, conname as name from pg_constraint join pg_class on pg_class.oid = conrelid
    where conrelid in (${tables}) and starts_with(conname, relname || '_')`.execute(db);
  for (const { table, name } of constraints.rows)
    await sql`alter table ${sql.table(table)} rename constraint ${sql.ref(name)} to ${sql.ref(`likeness_${name}`)}`.execute(
      db,
    );

  const indexes = await sql<Pick<Named, "name">>`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where indrelid in (${tables}) and relname in (${sql.join(formerIndexes)})`.execute(db);
  for (const { name } of indexes.rows)
    await sql`alter index ${sql.table(name)} rename to ${sql.ref(`likeness_${name}`)}`.execute(db);

  for (const table of formerTables) await db.schema.alterTable(table).renameTo(`likeness_${table}`).execute();
}
