import { AsyncLocalStorage } from "node:async_hooks";
import { ResultAsync, type Result } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { interruptionOf, type Interruption } from "./postgres/interruption.ts";
import { repeating } from "./repeating.ts";
import { isCommitUndone } from "./sqlite/commit-undone.ts";

/** The database that runs a transaction in the present chain of calls, for as long as it runs. */
const transactions = new AsyncLocalStorage<{ database: Kysely<Database> | undefined }>();

export const storageFailure = (cause: unknown): StorageFailure => ({ type: "storage-failure", cause });

/** Runs database work; whatever it throws is a `storage-failure`. Outside of a transaction it is run again if it may be. */
export function attempt<T>(db: Kysely<Database>, work: () => Promise<T>): ResultAsync<T, StorageFailure> {
  // Within a transaction there is nothing to run again but all of it.
  if (db.isTransaction) return once(db, work);
  return new ResultAsync(
    repeating(
      () => once(db, work),
      (result) => interruptionIn(result) === "undone",
    ),
  );
}

const once = <T>(db: Kysely<Database>, work: () => Promise<T>): ResultAsync<T, StorageFailure> =>
  ResultAsync.fromPromise(perform(db, work), storageFailure);

async function perform<T>(db: Kysely<Database>, work: () => Promise<T>): Promise<T> {
  // SQLite has one connection, so this would wait for its own end. Postgres would write outside of the transaction.
  if (transactions.getStore()?.database === db)
    throw new Error("a transaction is under way: use the repositories that it was given, not the store's");
  return work();
}

type Work<T, E> = (tx: Kysely<Database>) => ResultAsync<T, E>;

/**
 * Runs work in one transaction, or in the one that `db` already is. An `Err` or a throw rolls back. When the database
 * interrupted it and surely kept nothing of it, the work is run again from the start.
 */
export function transaction<T, E>(db: Kysely<Database>, work: Work<T, E>): ResultAsync<T, E | StorageFailure> {
  if (db.isTransaction) return work(db);
  const ended = repeating(
    () => runOnce(db, work),
    ({ undone }) => undone,
  );
  return new ResultAsync(ended.then(({ result }) => result));
}

interface Ended<T, E> {
  readonly result: Result<T, E>;
  /** Whether the database interrupted it and kept nothing. */
  readonly undone: boolean;
}

async function runOnce<T, E>(db: Kysely<Database>, work: Work<T, E>): Promise<Ended<T, E | StorageFailure>> {
  const scope: { database: Kysely<Database> | undefined } = { database: db };
  const worked: { result?: Result<T, E> } = {};
  const committed = await once(db, () =>
    transactions
      .run(scope, () =>
        db.transaction().execute(async (tx) => {
          worked.result = await work(tx);
          if (worked.result.isOk()) return worked.result.value;
          throw rolledBack;
        }),
      )
      // What was started in here and outlives the transaction may use the database again.
      .finally(() => (scope.database = undefined)),
  );
  const interruption = interruptionIn(committed);
  if (worked.result?.isErr() && !interruption)
    return { result: worked.result, undone: interruptionIn(worked.result) !== undefined };
  const commitWasSent = worked.result !== undefined;
  return { result: committed, undone: commitWasSent ? interruption === "undone" : interruption !== undefined };
}

/** Kysely rolls back when its callback throws. */
const rolledBack = new Error("rolled back");

function interruptionIn(result: Result<unknown, unknown>): Interruption | undefined {
  if (result.isOk() || !isStorageFailure(result.error)) return undefined;
  return isCommitUndone(result.error.cause) ? "undone" : interruptionOf(result.error.cause);
}

const isStorageFailure = (error: unknown): error is StorageFailure =>
  typeof error === "object" && error !== null && "type" in error && error.type === "storage-failure";
