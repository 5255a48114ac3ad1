import { rm, rmdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import { isBlobKey } from "../blob-key.ts";
import { blobPath } from "./blob-path.ts";
import { expectFolders, isMissing, statFile } from "./plain-files.ts";
import { readBlob } from "./read-blob.ts";
import { sweepTemporary } from "./sweep-temporary.ts";
import { writeBlob } from "./write-blob.ts";

/**
 * Keeps blobs as files below a directory of a local disk: `ab/cd/<hex>`, readable by this user only. The directory is
 * made when it is missing. Several processes may share it.
 *
 * A blob is written under `tmp/`, flushed and then renamed, so a crash leaves the whole blob or none. Files that a dead
 * process has left in `tmp/` are deleted at the start, and with every `put` and `delete`: at once if the process ran on
 * this machine and in this container, otherwise after an hour. Links below the directory are not followed: anything
 * that is not a plain file in plain folders is a failure.
 */
export function diskBlobs(directory: string): BlobStore {
  const root = resolve(directory);
  const sweep = oneAtATime(() => sweepTemporary(root));
  void sweep();
  return {
    put: (content, announce) => attempt(sweep().then(() => writeBlob(root, content, announce))),
    get: (key) => whenKey(key, () => attempt(readBlob(root, blobPath(root, key)))),
    stat: (key) =>
      whenKey(key, () => attempt(statFile(root, blobPath(root, key))).map(({ size }) => ({ bytes: size }))),
    delete: (key) =>
      isBlobKey(key)
        ? attempt(sweep().then(() => remove(root, blobPath(root, key)))).orElse((failure) =>
            isMissing(failure.cause) ? ok(undefined) : err(failure),
          )
        : okAsync(undefined),
  };
}

/** A call during a run waits for that run. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () =>
    (running ??= run().finally(() => {
      running = undefined;
    }));
}

/** Deletes the name, and the levels above it that it leaves empty. If it is a link, its target stays. */
async function remove(root: string, path: string): Promise<void> {
  const level = dirname(path);
  await expectFolders(root, level);
  await rm(path);
  // Refused for a level that holds anything. A `put` that loses its level here makes it anew.
  await rmdir(level)
    .then(() => rmdir(dirname(level)))
    .catch(() => undefined);
}

const attempt = <T>(work: Promise<T>): ResultAsync<T, BlobFailure> =>
  ResultAsync.fromPromise(work, (cause) => ({ type: "blob-failure", cause }));

/** A string that is not a key has no blob, and is never used in a path. */
function whenKey<T>(key: string, read: () => ResultAsync<T, BlobFailure>): ResultAsync<T, BlobFailure | BlobNotFound> {
  const notFound: BlobNotFound = { type: "blob-not-found", key };
  if (!isBlobKey(key)) return errAsync(notFound);
  return read().orElse((failure) => err(isMissing(failure.cause) ? notFound : failure));
}
