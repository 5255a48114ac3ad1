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
 * Kysely's SQLite dialect on a `better-sqlite3` database, with transactions that take the write lock when they begin and
 * migrations that are transactions. Closing stays with the caller; `db.destroy()` does it too.
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
  /** There is one, but the driver says whose turn it is. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** Creating and altering tables is transactional in SQLite, which Kysely's adapter does not say. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite has no locks of rows: a transaction that began has the lock of the file. */
class LocklessCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier !== "ForUpdate") super.visitSelectModifier(node);
  }
}
