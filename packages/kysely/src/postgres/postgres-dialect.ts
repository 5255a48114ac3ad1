import { silentLog, type Log } from "@likeness/core";
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  sql,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  type PostgresPool,
  type TransactionSettings,
} from "kysely";
import { withStorableText } from "../storable-text.ts";
import { sqlState } from "./interruption.ts";
import { withNamedStatements } from "./named-statements.ts";

/** The part of a `Pool` of `pg` that the dialect uses. */
export interface PostgresHandle extends PostgresPool {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "connect", listener: (client: PostgresClientHandle) => void): unknown;
}

export interface PostgresClientHandle {
  on(event: "error", listener: (error: Error) => void): unknown;
}

export interface PostgresDialectOptions {
  readonly pool: PostgresHandle;
  /** Logs lost connections; absent: nothing is logged. */
  readonly log?: Log | undefined;
  /**
   * Whether the server reads and plans a statement once for each connection, and not each time. Default true. `false`
   * is for poolers that give each transaction another connection and know nothing of prepared statements: PgBouncer
   * before 1.21, or with `max_prepared_statements = 0`.
   */
  readonly namedStatements?: boolean | undefined;
}

/**
 * Kysely's PostgreSQL dialect on a pool of `pg`. A lost connection does not end the process, transactions are READ
 * COMMITTED regardless of the server's default, and the pool's timeouts do not apply to migrations. The caller closes
 * the pool; `db.destroy()` does so too.
 *
 * @example
 * const pool = new Pool({ connectionString, ...postgresPoolSettings });
 * const db = new Kysely<Database>({ dialect: postgresDialect({ pool }) });
 */
export function postgresDialect({ pool, log = silentLog, namedStatements = true }: PostgresDialectOptions): Dialect {
  outliveLostConnections(pool, log);
  const dialect = new PostgresDialect({ pool });
  return {
    createAdapter: () => new PatientAdapter(),
    createDriver: () => new TransactionDriver({ pool: namedStatements ? withNamedStatements(pool) : pool }),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * A lost connection emits an `error` event, and without a listener that ends the process. The pool emits it while the
 * connection is idle (https://node-postgres.com/apis/pool#error), the client while it is in use.
 */
function outliveLostConnections(pool: PostgresHandle, log: Log): void {
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", ({ message }) => log.warn({ error: message }, "lost a connection to PostgreSQL"));
  });
}

class TransactionDriver extends PostgresDriver {
  readonly #prepared = new WeakSet<DatabaseConnection>();
  /** The connections on which a statement failed since their transaction began. */
  readonly #failed = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...options: Parameters<PostgresDriver["acquireConnection"]>
  ): ReturnType<PostgresDriver["acquireConnection"]> {
    const connection = await super.acquireConnection(...options);
    if (!this.#prepared.has(connection)) {
      this.#prepared.add(connection);
      // Replaces methods of the connection instead of wrapping it, because the driver compares connections by identity.
      const execute = connection.executeQuery.bind(connection);
      const executeQuery = <Row>(query: CompiledQuery) =>
        execute<Row>(query).catch((cause: unknown) => {
          this.#failed.add(connection);
          throw cause;
        });
      const streamQuery = connection.streamQuery.bind(connection);
      Object.assign(connection, withStorableText({ executeQuery, streamQuery }));
    }
    return connection;
  }

  /** Uses READ COMMITTED, for which every command and job is written: after waiting for a lock it reads the committed row. */
  override beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const isolationLevel = settings.isolationLevel ?? "read committed";
    this.#failed.delete(connection);
    return super.beginTransaction(connection, { ...settings, isolationLevel });
  }

  /**
   * If a statement failed, PostgreSQL answers COMMIT with a rollback, which is not an error, and Kysely 0.28 does not
   * check for it.
   */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#failed.has(connection)) await checkTransaction(connection);
    await super.commitTransaction(connection);
  }

  /**
   * After a lost connection there is nothing to roll back, and Kysely discards the connection. The error of the
   * rollback must not replace the original one: after a `COMMIT` without an answer it would look as if nothing had been
   * committed.
   */
  override rollbackTransaction(connection: Parameters<PostgresDriver["rollbackTransaction"]>[0]): Promise<void> {
    return super.rollbackTransaction(connection).catch(() => undefined);
  }
}

/** Asks the database whether the transaction is aborted, because rolling back to a savepoint makes it usable again. */
const checkTransaction = async (connection: DatabaseConnection): Promise<void> => {
  await connection.executeQuery(CompiledQuery.raw("select 1")).catch((cause: unknown) => {
    if (sqlState(cause) !== transactionFailed) throw cause;
    throw new Error("the transaction was rolled back by an earlier error", { cause });
  });
};

const transactionFailed = "25P02";

/** Migrations have their own timeouts: a step may run long, but must not block other processes for long. */
class PatientAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    const [set, lock] = db.isTransaction ? ["set local", "pg_advisory_xact_lock"] : ["set", "pg_advisory_lock"];
    // No timeout, because another process may be migrating, and creating an index may take long.
    await sql`${sql.raw(set)} statement_timeout = 0`.execute(db);
    await sql`${sql.raw(set)} lock_timeout = 0`.execute(db);
    await sql`select ${sql.raw(lock)}(${sql.raw(migrationLock)})`.execute(db);
    // A step that waits for a table lock blocks every other process that needs the table.
    await sql`${sql.raw(set)} lock_timeout = '5s'`.execute(db);
  }

  /**
   * Releases the lock of a session. In a transaction the lock is one that ends with it, because an aborted transaction
   * could not release a lock of the session.
   */
  override async releaseMigrationLock(db: Kysely<unknown>): Promise<void> {
    if (db.isTransaction) return;
    await sql`select pg_advisory_unlock(${sql.raw(migrationLock)})`.execute(db);
    await sql`reset statement_timeout`.execute(db);
    await sql`reset lock_timeout`.execute(db);
  }
}

/**
 * The id of Kysely's own lock, which it does not export, so that a host's migrations wait for ours and ours for them.
 * Kysely 0.28 takes it only in transactions.
 */
const migrationLock = "3853314791062309107";
