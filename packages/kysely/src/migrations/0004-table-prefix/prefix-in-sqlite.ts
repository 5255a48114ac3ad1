import { sql, type Kysely } from "kysely";
import type { Database } from "../../database.ts";
import { formerIndexes, formerJobTable, formerTables } from "./former-names.ts";

/**
 * SQLite updates the triggers and references of a renamed table. An index cannot be renamed, so it is created again
 * from its own text. https://www.sqlite.org/lang_altertable.html
 */
export async function prefixInSqlite(db: Kysely<Database>): Promise<void> {
  const tables = [...formerTables, formerJobTable];
  for (const table of tables) await db.schema.alterTable(table).renameTo(`likeness_${table}`).execute();

  const indexes = await sql<{ readonly name: string; readonly text: string }>`
    select name, sql as text from sqlite_schema where type = 'index' and name in (${sql.join(formerIndexes)})`.execute(
    db,
  );
  for (const { name, text } of indexes.rows) {
    await db.schema.dropIndex(name).execute();
    await sql.raw(text.replace(`"${name}"`, `"likeness_${name}"`)).execute(db);
  }
}
