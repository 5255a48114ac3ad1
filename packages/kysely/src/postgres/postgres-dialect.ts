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
import { sqlState } from "./sql-state.ts";

/** What is needed of a `Pool` of `pg`. */
export interface PostgresHandle extends PostgresPool {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "connect", listener: (client: PostgresClientHandle) => void): unknown;
}

export interface PostgresClientHandle {
  on(event: "error", listener: (error: Error) => void): unknown;
}

export interface PostgresDialectOptions {
  readonly pool: PostgresHandle;
  /** Is told of lost connections. Says nothing when absent. */
  readonly log?: Log | undefined;
}

/**
 * Kysely's PostgreSQL dialect on a pool of `pg`, which outlives lost connections, with transactions that are READ
 * COMMITTED whatever the server's default is, and migrations that the pool's timeouts do not end. Closing stays with the
 * caller; `db.destroy()` does it too.
 *
 * @example
 * const pool = new Pool({ connectionString, ...postgresPoolSettings });
 * const db = new Kysely<Database>({ dialect: postgresDialect({ pool }) });
 */
export function postgresDialect({ pool, log = silentLog }: PostgresDialectOptions): Dialect {
  outliveLostConnections(pool, log);
  const dialect = new PostgresDialect({ pool });
  return {
    createAdapter: () => new PatientAdapter(),
    createDriver: () => new TransactionDriver({ pool }),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * A lost connection is an `error` event, and one that nobody listens to ends the process: of the pool while the
 * connection is idle (https://node-postgres.com/apis/pool#error), of the client while it is in use.
 */
function outliveLostConnections(pool: PostgresHandle, log: Log): void {
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", ({ message }) => log.warn({ error: message }, "lost a connection to PostgreSQL"));
  });
}

class TransactionDriver extends PostgresDriver {
  readonly #prepared = new WeakSet<DatabaseConnection>();
  /** Those on which a statement failed since their transaction began. */
  readonly #failed = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...options: Parameters<PostgresDriver["acquireConnection"]>
  ): ReturnType<PostgresDriver["acquireConnection"]> {
    const connection = await super.acquireConnection(...options);
    if (!this.#prepared.has(connection)) {
      this.#prepared.add(connection);
      // In its place, not around it: the driver knows its connections by what they are.
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

  /** READ COMMITTED, which every use-case is written for: rows are locked or compared, and a waiter sees what came first. */
  override beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const isolationLevel = settings.isolationLevel ?? "read committed";
    this.#failed.delete(connection);
    return super.beginTransaction(connection, { ...settings, isolationLevel });
  }

  /**
   * PostgreSQL answers the COMMIT of a transaction in which a statement failed with a rollback, which is no error and
   * which Kysely 0.28 does not look at.
   */
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#failed.has(connection)) await checkTransaction(connection);
    await super.commitTransaction(connection);
  }

  /**
   * Where the connection is lost there is nothing to roll back, and Kysely discards it. That must not hide what failed:
   * after a `COMMIT` without an answer it would look as if nothing had been committed.
   */
  override rollbackTransaction(connection: Parameters<PostgresDriver["rollbackTransaction"]>[0]): Promise<void> {
    return super.rollbackTransaction(connection).catch(() => undefined);
  }
}

/** Going back to a savepoint mends a failed transaction, so the database is asked. */
const checkTransaction = async (connection: DatabaseConnection): Promise<void> => {
  await connection.executeQuery(CompiledQuery.raw("select 1")).catch((cause: unknown) => {
    if (sqlState(cause) !== transactionFailed) throw cause;
    throw new Error("the transaction was rolled back by an earlier error", { cause });
  });
};

const transactionFailed = "25P02";

/** Migrations have times of their own: a step may take long, but nobody may wait long for it. */
class PatientAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    const [set, lock] = db.isTransaction ? ["set local", "pg_advisory_xact_lock"] : ["set", "pg_advisory_lock"];
    // Other processes may be migrating, and a step that makes an index takes as long as it takes.
    await sql`${sql.raw(set)} statement_timeout = 0`.execute(db);
    await sql`${sql.raw(set)} lock_timeout = 0`.execute(db);
    await sql`select ${sql.raw(lock)}(${sql.raw(migrationLock)})`.execute(db);
    // While a step waits for a table, everybody else who wants the table waits for the step.
    await sql`${sql.raw(set)} lock_timeout = '5s'`.execute(db);
  }

  /** A lock of the session could not be given back in a transaction in which a step failed; that of a transaction ends with it. */
  override async releaseMigrationLock(db: Kysely<unknown>): Promise<void> {
    if (db.isTransaction) return;
    await sql`select pg_advisory_unlock(${sql.raw(migrationLock)})`.execute(db);
    await sql`reset statement_timeout`.execute(db);
    await sql`reset lock_timeout`.execute(db);
  }
}

/** Kysely's own, which it does not export: all that migrates takes turns by it. Kysely 0.28 would hold it in transactions alone. */
const migrationLock = "3853314791062309107";
