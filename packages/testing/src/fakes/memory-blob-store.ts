import type { AnnounceBlob, BlobFailure, BlobNotFound, BlobStore } from "@likeness/core";
import { err, errAsync, ok, okAsync, ResultAsync, type Result } from "neverthrow";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { bytesOf, streamOf } from "../streams/streams.ts";

export interface MemoryBlobStore extends BlobStore {
  /** Every blob by its key. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  /** While it is down, everything answers `blob-failure`. */
  setDown(down: boolean): void;
}

export function memoryBlobStore(): MemoryBlobStore {
  const blobs = new Map<string, Uint8Array>();
  let down = false;

  const up = (): Result<void, BlobFailure> => (down ? err(blobFailure("the blob store is down")) : ok(undefined));
  const find = (key: string): Result<Uint8Array, BlobFailure | BlobNotFound> =>
    up().andThen(() => {
      const bytes = blobs.get(key);
      return bytes ? ok(bytes) : err<never, BlobNotFound>({ type: "blob-not-found", key });
    });

  return {
    blobs,
    setDown: (value) => {
      down = value;
    },
    put: (content, announce) =>
      attempt(content instanceof Uint8Array ? Promise.resolve(content.slice()) : bytesOf(content)).andThen((bytes) =>
        up().asyncAndThen(() =>
          announced(digestOf(bytes), announce).map((key) => {
            blobs.set(key, bytes);
            return key;
          }),
        ),
      ),
    get: (key) => find(key).asyncMap(async (bytes) => streamOf(bytes.slice())),
    stat: (key) => find(key).asyncMap(async (bytes) => ({ bytes: bytes.length })),
    delete: (key) => {
      const answer = up();
      if (answer.isErr()) return errAsync(answer.error);
      blobs.delete(key);
      return okAsync(undefined);
    },
  };
}

const announced = (key: string, announce?: AnnounceBlob): ResultAsync<string, BlobFailure> =>
  announce
    ? announce(key)
        .map(() => key)
        .mapErr(blobFailure)
    : okAsync(key);

const blobFailure = (cause: unknown): BlobFailure => ({ type: "blob-failure", cause });

const attempt = (work: Promise<Uint8Array>): ResultAsync<Uint8Array, BlobFailure> =>
  ResultAsync.fromPromise(work, blobFailure);
