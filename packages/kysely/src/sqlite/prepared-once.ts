import type { SqliteHandle, SqliteStatement } from "./sqlite-handle.ts";

/** More than the repositories have, so that only a host with many statements of its own loses some. */
const limit = 200;

/**
 * Prepares each text once, as Kysely does not: that costs as much as running it. SQLite prepares a statement anew by
 * itself when the tables changed. https://www.sqlite.org/c3ref/prepare.html
 */
export function preparedOnce(database: SqliteHandle): SqliteHandle["prepare"] {
  const statements = new Map<string, SqliteStatement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    for (const oldest of statements.keys()) {
      if (statements.size < limit) break;
      statements.delete(oldest);
    }
    statements.set(sql, statement);
    return statement;
  };
}
