import { SqliteDriver, type CompiledQuery, type DatabaseConnection, type Driver } from "kysely";
import { withStorableText } from "../storable-text.ts";
import { preparedOnce } from "./prepared-once.ts";
import { sharedCommits, type Access, type Turn } from "./shared-commits.ts";
import type { SqliteHandle } from "./sqlite-handle.ts";

/**
 * Statements and transactions use the only connection one after the other, and those that wait together share a commit.
 *
 * A deferred transaction that reads first cannot write once another process has written: it gets SQLITE_BUSY at once,
 * regardless of the timeout. https://www.sqlite.org/lang_transaction.html
 */
export function sqliteDriver(database: SqliteHandle): Driver {
  const prepare = preparedOnce(database);
  const run = (statement: string): void => void prepare(statement).run([]);
  const commits = sharedCommits(database, run);
  const driver = new SqliteDriver({ database: { prepare, close: () => database.close() } });
  /** The turns of the connections that are in a transaction. */
  const turns = new WeakMap<DatabaseConnection, Turn>();

  /** After some errors (disk full, I/O) SQLite rolls back by itself; later statements must not commit one by one. */
  const checkTransaction = (): void => {
    if (!database.inTransaction) throw new Error("the transaction was rolled back by an earlier error");
  };

  const connect = (bare: DatabaseConnection): DatabaseConnection => {
    const connection: DatabaseConnection = {
      executeQuery: async <Row>(query: CompiledQuery) => {
        if (turns.has(connection)) {
          checkTransaction();
          return bare.executeQuery<Row>(query);
        }
        const access = accessOf(query);
        if (access === "read" && commits.isIdle()) return bare.executeQuery<Row>(query);
        const turn = await commits.turn(access);
        const result = await bare.executeQuery<Row>(query).catch(async (cause: unknown) => {
          await turn.end();
          throw cause;
        });
        await turn.end();
        return result;
      },
      async *streamQuery<Row>(query: CompiledQuery, chunkSize: number) {
        const turn = turns.has(connection) ? undefined : await commits.turn("other");
        try {
          yield* bare.streamQuery<Row>(query, chunkSize);
        } finally {
          await turn?.end();
        }
      },
    };
    return connection;
  };

  const rollBack = async (connection: DatabaseConnection): Promise<void> => {
    const turn = turns.get(connection);
    if (!turn) return;
    turns.delete(connection);
    try {
      if (database.inTransaction) for (const statement of wordsOf(turn).rollBack) run(statement);
    } finally {
      await turn.end();
    }
  };

  return {
    init: () => driver.init(),
    destroy: () => driver.destroy(),
    acquireConnection: async () => {
      const bare = await driver.acquireConnection();
      // This driver grants the turns; the driver of Kysely 0.28 would lend its connection to one caller at a time.
      await driver.releaseConnection();
      return connect(withStorableText(bare));
    },
    beginTransaction: async (connection) => {
      const turn = await commits.turn("write");
      turns.set(connection, turn);
      try {
        run(wordsOf(turn).begin);
      } catch (cause) {
        await rollBack(connection);
        throw cause;
      }
    },
    commitTransaction: async (connection) => {
      const turn = turns.get(connection);
      checkTransaction();
      if (turn) run(wordsOf(turn).commit);
      turns.delete(connection);
      await turn?.end();
    },
    rollbackTransaction: rollBack,
    releaseConnection: async () => undefined,
    savepoint: (...which) => driver.savepoint(...which),
    rollbackToSavepoint: (...which) => driver.rollbackToSavepoint(...which),
    releaseSavepoint: (...which) => driver.releaseSavepoint(...which),
  };
}

const alone = { begin: "begin immediate", commit: "commit", rollBack: ["rollback"] };
const together = { begin: "savepoint turn", commit: "release turn", rollBack: ["rollback to turn", "release turn"] };

const wordsOf = ({ shared }: Turn): typeof alone => (shared ? together : alone);

const accesses: Readonly<Record<string, Access>> = {
  SelectQueryNode: "read",
  InsertQueryNode: "write",
  UpdateQueryNode: "write",
  DeleteQueryNode: "write",
};

const accessOf = ({ query }: CompiledQuery): Access => accesses[query.kind] ?? "other";
