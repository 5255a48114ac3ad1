import { AsyncLocalStorage } from "node:async_hooks";
import { err, ResultAsync, type Result } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";

/** The database that runs a transaction in the present chain of calls, for as long as it runs. */
const transactions = new AsyncLocalStorage<{ database: Kysely<Database> | undefined }>();

export const storageFailure = (cause: unknown): StorageFailure => ({ type: "storage-failure", cause });

/** Runs database work; whatever it throws is a `storage-failure`. */
export const attempt = <T>(db: Kysely<Database>, work: () => Promise<T>): ResultAsync<T, StorageFailure> =>
  ResultAsync.fromPromise(perform(db, work), storageFailure);

async function perform<T>(db: Kysely<Database>, work: () => Promise<T>): Promise<T> {
  // SQLite has one connection, so this would wait for its own end. Postgres would write outside of the transaction.
  if (transactions.getStore()?.database === db)
    throw new Error("a transaction is under way: use the repositories that it was given, not the store's");
  return work();
}

/** Runs work in one transaction, or in the one that `db` already is. An `Err` or a throw rolls back. */
export function transaction<T, E>(
  db: Kysely<Database>,
  work: (tx: Kysely<Database>) => ResultAsync<T, E>,
): ResultAsync<T, E | StorageFailure> {
  if (db.isTransaction) return work(db);
  const scope: { database: Kysely<Database> | undefined } = { database: db };
  let refusal: Result<never, E> | undefined;
  const committed = attempt(db, () =>
    transactions
      .run(scope, () =>
        db.transaction().execute(async (tx) => {
          const result = await work(tx);
          if (result.isOk()) return result.value;
          refusal = err(result.error);
          throw rolledBack;
        }),
      )
      // What was started in here and outlives the transaction may use the database again.
      .finally(() => (scope.database = undefined)),
  );
  return committed.orElse((failure): Result<T, E | StorageFailure> => refusal ?? err(failure));
}

/** Kysely rolls back when its callback throws. */
const rolledBack = new Error("rolled back");
