import { errAsync, type ResultAsync } from "neverthrow";
import type { AlreadyExists, StorageFailure, VersionConflict } from "./storage-errors.ts";
import type { Repositories, Store } from "./store.ts";

type Conflict = VersionConflict | AlreadyExists;
type Tagged = { readonly type: string };

const attempts = 10;

/**
 * Runs a transaction, and runs it again when another transaction wrote one of its rows: `work` then reads the new rows
 * and decides again. After too many conflicts the error is a storage failure.
 */
export function atomically<T, E extends Tagged>(
  store: Pick<Store, "atomically">,
  work: (tx: Repositories) => ResultAsync<T, E>,
  left = attempts,
): ResultAsync<T, Exclude<E, Conflict> | StorageFailure> {
  return store.atomically(work).orElse((error) => {
    if (!isConflict(error)) return errAsync(error as Exclude<E, Conflict> | StorageFailure);
    if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
    return atomically(store, work, left - 1);
  });
}

const isConflict = (error: Tagged): boolean => error.type === "version-conflict" || error.type === "already-exists";
