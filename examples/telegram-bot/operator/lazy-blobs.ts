import type { BlobFailure, BlobStore } from "@likeness/core";
import { ResultAsync } from "neverthrow";
import { openBlobs } from "../open-blobs.ts";
import type { BlobLocation } from "../settings/locations.ts";

/** The blob store, opened by the first call: most commands of an operator need none. */
export function lazyBlobs(location: BlobLocation): BlobStore {
  let opened: Promise<BlobStore> | undefined;
  const open = (): ResultAsync<BlobStore, BlobFailure> =>
    ResultAsync.fromPromise((opened ??= openBlobs(location)), (cause) => ({ type: "blob-failure", cause }));
  return {
    put: (content, announce) => open().andThen((blobs) => blobs.put(content, announce)),
    get: (key) => open().andThen((blobs) => blobs.get(key)),
    stat: (key) => open().andThen((blobs) => blobs.stat(key)),
    delete: (key) => open().andThen((blobs) => blobs.delete(key)),
  };
}
