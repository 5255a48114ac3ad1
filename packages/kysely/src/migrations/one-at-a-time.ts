import type { Kysely, MigrationLockOptions } from "kysely";
import type { Database } from "../database.ts";

/**
 * The names of Kysely's lock table. Neither database uses it: SQLite locks its file, PostgreSQL takes an advisory lock.
 */
const lock: MigrationLockOptions = { lockTable: "likeness_migration_lock", lockRowId: "migration_lock" };

/** Runs work on one connection, or in the transaction that `db` is, while no other process migrates. */
export function oneAtATime<T>(db: Kysely<Database>, work: (executor: Kysely<Database>) => PromiseLike<T>): Promise<T> {
  const alone = async (executor: Kysely<Database>): Promise<T> => {
    const { adapter } = executor.getExecutor();
    await adapter.acquireMigrationLock(executor, lock);
    try {
      return await work(executor);
    } finally {
      await adapter.releaseMigrationLock(executor, lock);
    }
  };
  return db.isTransaction ? alone(db) : db.connection().execute(alone);
}
