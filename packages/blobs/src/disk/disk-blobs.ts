import { rm } from "node:fs/promises";
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
 * A blob is written under `tmp/`, flushed and then renamed, so a crash leaves the whole blob or none. What a process that
 * died has left in `tmp/` goes at the start, and with every `put` and `delete`: at once if it ran on this machine and in this
 * container, otherwise when it is an hour old. Links below the directory are not followed: what is no file, or does not lie
 * in folders, is a failure.
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

/** Whoever asks while it runs waits for that run. */
function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () =>
    (running ??= run().finally(() => {
      running = undefined;
    }));
}

/** Takes the name away, whatever it names: a link goes, what it leads to stays. */
async function remove(root: string, path: string): Promise<void> {
  await expectFolders(root, dirname(path));
  await rm(path);
}

const attempt = <T>(work: Promise<T>): ResultAsync<T, BlobFailure> =>
  ResultAsync.fromPromise(work, (cause) => ({ type: "blob-failure", cause }));

/** A name that is no key can have no blob, so it never becomes a path. */
function whenKey<T>(key: string, read: () => ResultAsync<T, BlobFailure>): ResultAsync<T, BlobFailure | BlobNotFound> {
  const notFound: BlobNotFound = { type: "blob-not-found", key };
  if (!isBlobKey(key)) return errAsync(notFound);
  return read().orElse((failure) => err(isMissing(failure.cause) ? notFound : failure));
}
