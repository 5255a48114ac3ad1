import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
  type Dialect,
  type Driver,
  type SelectModifierNode,
} from "kysely";
import { preparedOnce } from "./prepared-once.ts";
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
    createDriver: () => immediateDriver(database),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => new LocklessCompiler(),
  };
}

/** Creating and altering tables is transactional in SQLite, which Kysely's adapter does not say. */
class TransactionalAdapter extends SqliteAdapter {
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

/**
 * A deferred transaction that reads first cannot become a writing one once another process has written: SQLITE_BUSY at
 * once, whatever the timeout. https://www.sqlite.org/lang_transaction.html
 */
function immediateDriver(database: SqliteHandle): Driver {
  const prepared = preparedOnce(database);
  let begun = false;
  const prepare: SqliteHandle["prepare"] = (sql) => {
    // After some errors (disk full, I/O) SQLite rolls back by itself; what follows must not commit on its own.
    if (begun && !database.inTransaction) throw new Error("the transaction was rolled back by an earlier error");
    return prepared(sql);
  };
  const driver = new SqliteDriver({ database: { prepare, close: () => database.close() } });
  return Object.assign(driver, {
    beginTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw("begin immediate"));
      begun = true;
    },
    rollbackTransaction: async (connection) => {
      begun = false;
      if (database.inTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
    },
    commitTransaction: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw("commit"));
      begun = false;
    },
  } satisfies Partial<Driver>);
}
