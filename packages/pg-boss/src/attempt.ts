import { ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";

/** Runs database work; anything it throws is a `storage-failure`. */
export const attempt = <T>(work: () => Promise<T>): ResultAsync<T, StorageFailure> =>
  ResultAsync.fromPromise(work(), (cause) => ({ type: "storage-failure", cause }));
