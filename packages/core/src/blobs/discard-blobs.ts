import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";

/**
 * Deletes blobs that no photo, order or model needs. Rows with the same content share a blob, so each is checked.
 */
export function discardBlobs(
  { store, blobs }: Pick<Ports, "store" | "blobs">,
  keys: readonly string[],
): ResultAsync<void, StorageFailure | BlobFailure> {
  return safeTry(async function* () {
    for (const key of keys) if (!(yield* isBlobUsed(store, key))) yield* blobs.delete(key);
    return okAsync(undefined);
  });
}

export const isBlobUsed = (store: Ports["store"], key: string): ResultAsync<boolean, StorageFailure> =>
  store.photos.usesBlob(key).andThen((used) => (used ? okAsync(true) : store.orders.usesBlob(key)));
