import type { SqliteHandle, SqliteStatement } from "./sqlite-handle.ts";

/** More statements than the repositories have, so that only a host with many others exceeds it. */
const limit = 200;

/**
 * Prepares each SQL text once. Kysely prepares it for every execution, which costs as much as running it. SQLite
 * prepares a statement again by itself after a change of the schema. https://www.sqlite.org/c3ref/prepare.html
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
