import {
  SqliteAdapter,
  SqliteDialect,
  SqliteQueryCompiler,
  type Dialect,
  type Kysely,
  type SelectModifierNode,
} from "kysely";
import { sqliteDriver } from "./sqlite-driver.ts";
import type { Database } from "../database.ts";
import type { SqliteHandle } from "./sqlite-handle.ts";

/**
 * Kysely's SQLite dialect on a `better-sqlite3` database, with transactions that take the write lock when they begin,
 * and migrations in transactions. The caller closes the database; `db.destroy()` does so too.
 *
 * @example
 * const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
 */
export function sqliteDialect({ database }: { readonly database: SqliteHandle }): Dialect {
  const dialect = new SqliteDialect({ database });
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => sqliteDriver(database),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => new LocklessCompiler(),
  };
}

/** Whether a database was opened with `sqliteDialect`. */
export const isSqlite = (db: Kysely<Database>): boolean => db.getExecutor().adapter instanceof TransactionalAdapter;

class TransactionalAdapter extends SqliteAdapter {
  /** There is one connection, but the driver serialises its use, and not Kysely. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** Creating and altering tables is transactional in SQLite, which Kysely's adapter does not declare. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite has no row locks: a transaction locks the whole file when it begins. */
class LocklessCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== "ForUpdate" && node.modifier !== "ForNoKeyUpdate") super.visitSelectModifier(node);
  }
}
