import { AsyncLocalStorage } from "node:async_hooks";
import { ResultAsync, type Result } from "neverthrow";
import type { CreditsFailure, StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { pause } from "./pause.ts";
import { interruptionOf, type Interruption } from "./postgres/interruption.ts";
import { isCommitUndone } from "./sqlite/shared-commits.ts";

/** The database whose transaction the current asynchronous call chain is in, as long as it is open. */
const transactions = new AsyncLocalStorage<{ database: Kysely<Database> | undefined }>();

export const storageFailure = (cause: unknown): StorageFailure => ({ type: "storage-failure", cause });

/**
 * Runs database work; anything it throws is a `storage-failure`. Outside of a transaction it is repeated where that is
 * safe.
 */
export function attempt<T>(db: Kysely<Database>, work: () => Promise<T>): ResultAsync<T, StorageFailure> {
  // A single statement of a transaction cannot be repeated, only the whole transaction.
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
  // With SQLite's one connection this would deadlock; in PostgreSQL it would write outside of the transaction.
  if (transactions.getStore()?.database === db)
    throw new Error("a transaction is under way: use the repositories that it was given, not the store's");
  return work();
}

type Work<T, E> = (tx: Kysely<Database>) => ResultAsync<T, E>;

/**
 * Runs work in one transaction, or in the one that `db` already is. An `Err` or a throw rolls back. If the database
 * interrupted the transaction and certainly committed nothing, the work is repeated from the start.
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
  /** Whether the database interrupted it and committed nothing. */
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
      // Calls that were started in the transaction and outlive it may use the database again.
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
  if (result.isOk() || !isFailure(result.error)) return undefined;
  return isCommitUndone(result.error.cause) ? "undone" : interruptionOf(result.error.cause);
}

/** Of the database, also as the ledger names it in a transaction of its caller. */
const isFailure = (error: unknown): error is StorageFailure | CreditsFailure =>
  typeof error === "object" &&
  error !== null &&
  "type" in error &&
  (error.type === "storage-failure" || error.type === "credits-failure");

/** Milliseconds; in total long enough for a database to restart. */
const waits = [50, 250, 1_000];

/** Runs work, and repeats it up to three times while `again` returns true for its outcome. */
async function repeating<T>(run: () => PromiseLike<T>, again: (outcome: T) => boolean): Promise<T> {
  for (const wait of waits) {
    const outcome = await run();
    if (!again(outcome)) return outcome;
    // Randomised, so that two transactions that conflicted do not conflict again.
    await pause(wait * (0.5 + Math.random()));
  }
  return run();
}
