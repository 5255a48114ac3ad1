import { rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import { err, errAsync, okAsync, ResultAsync } from "neverthrow";
import { isBlobKey } from "../blob-key.ts";
import { blobPath, temporaryDirectory } from "./blob-path.ts";
import { readBlob } from "./read-blob.ts";
import { sweepTemporary } from "./sweep-temporary.ts";
import { writeBlob } from "./write-blob.ts";

/**
 * Keeps blobs as files below a directory of a local disk: `ab/cd/<hex>`, readable by this user only. The directory is
 * made when it is missing. Several processes may share it.
 *
 * A blob is written under `tmp/`, flushed and then renamed, so a crash leaves the whole blob or none. What a crashed
 * process left in `tmp/` is removed once it is a day old, by the first `put` after a start.
 */
export function diskBlobs(directory: string): BlobStore {
  const root = resolve(directory);
  let swept: Promise<void> | undefined;
  return {
    put: (content) => {
      swept ??= sweepTemporary(temporaryDirectory(root));
      return attempt(swept.then(() => writeBlob(root, content)));
    },
    get: (key) => whenKey(key, () => attempt(readBlob(blobPath(root, key)))),
    stat: (key) => whenKey(key, () => attempt(stat(blobPath(root, key))).map(({ size }) => ({ bytes: size }))),
    delete: (key) => (isBlobKey(key) ? attempt(rm(blobPath(root, key), { force: true })) : okAsync(undefined)),
  };
}

const attempt = <T>(work: Promise<T>): ResultAsync<T, BlobFailure> =>
  ResultAsync.fromPromise(work, (cause) => ({ type: "blob-failure", cause }));

/** A name that is no key can have no blob, so it never becomes a path. */
function whenKey<T>(key: string, read: () => ResultAsync<T, BlobFailure>): ResultAsync<T, BlobFailure | BlobNotFound> {
  const notFound: BlobNotFound = { type: "blob-not-found", key };
  if (!isBlobKey(key)) return errAsync(notFound);
  return read().orElse((failure) => err(isMissing(failure.cause) ? notFound : failure));
}

const isMissing = (cause: unknown): boolean => cause instanceof Error && "code" in cause && cause.code === "ENOENT";
