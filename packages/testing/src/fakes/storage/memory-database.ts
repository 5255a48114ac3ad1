import { AsyncLocalStorage } from "node:async_hooks";
import type { StorageFailure } from "@likeness/core";
import { err, errAsync, ResultAsync, type Result } from "neverthrow";
import { copyOf } from "./copy-of.ts";
import { emptyTables, snapshotOf, type Tables } from "./tables.ts";

/** Runs one step on the tables: as a transaction of its own, or as part of one. */
export type RunStep = <T, E>(step: (tables: Tables) => Result<T, E>) => ResultAsync<T, E | StorageFailure>;

export interface MemoryDatabase {
  readonly run: RunStep;
  readonly transaction: <T, E>(work: (run: RunStep) => ResultAsync<T, E>) => ResultAsync<T, E | StorageFailure>;
  /** The committed tables. */
  readonly committed: () => Tables;
  readonly setDown: (down: boolean) => void;
}

/**
 * Tables, and transactions that run one after the other, each on a draft that replaces the tables when it ends well.
 */
export function memoryDatabase(): MemoryDatabase {
  const alone = oneAtATime();
  const inside = new AsyncLocalStorage<boolean>();
  let tables = emptyTables();
  let down = false;

  function transaction<T, E>(work: (run: RunStep) => ResultAsync<T, E>): ResultAsync<T, E | StorageFailure> {
    // A real database with one connection would wait here for ever.
    if (inside.getStore()) return errAsync(storageFailure("the store was used inside a transaction of its own"));
    return attempt(() => alone(() => commit(work)));
  }

  async function commit<T, E>(work: (run: RunStep) => ResultAsync<T, E>): Promise<Result<T, E | StorageFailure>> {
    const draft = snapshotOf(tables);
    let open = true;
    const run: RunStep = (step) =>
      attempt(async () => {
        if (!open) return err(storageFailure("a repository of a transaction was used after its end"));
        return down ? outage() : step(draft).map(copyOf);
      });
    try {
      const outcome = down ? outage() : await inside.run(true, () => work(run));
      if (down) return outage();
      if (outcome.isOk()) tables = draft;
      return outcome;
    } finally {
      open = false;
    }
  }

  return {
    transaction,
    run: (step) => transaction((run) => run(step)),
    committed: () => tables,
    setDown: (value) => {
      down = value;
    },
  };
}

export const storageFailure = (cause: unknown): StorageFailure => ({ type: "storage-failure", cause });

const outage = () => err(storageFailure("the database is down"));

/** An exception becomes a storage failure. */
const attempt = <T, E>(work: () => Promise<Result<T, E | StorageFailure>>): ResultAsync<T, E | StorageFailure> =>
  ResultAsync.fromPromise(work(), storageFailure).andThen((result) => result);

function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
