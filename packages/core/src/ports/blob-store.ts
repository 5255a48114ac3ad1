import type { ResultAsync } from "neverthrow";

/** The blob store failed: disk full, no permission, network. */
export interface BlobFailure {
  readonly type: "blob-failure";
  readonly cause: unknown;
}

export interface BlobNotFound {
  readonly type: "blob-not-found";
  readonly key: string;
}

export interface BlobFacts {
  readonly bytes: number;
}

export type AnnounceBlob = (key: string) => ResultAsync<unknown, unknown>;

/** Content-addressed, private bytes. Run `describeBlobStore` of `@likeness/testing` against yours. */
export interface BlobStore {
  /**
   * Stores the bytes and returns their hex SHA-256, the key. A crash leaves the whole blob or nothing; an existing blob
   * is left as it is. `announce` is called with the key after all bytes were read and before the blob exists, so that
   * the caller can record the key before a crash could leave an unnamed blob. If `announce` fails, nothing is stored
   * and `put` is a `blob-failure`.
   */
  put(content: Uint8Array | ReadableStream<Uint8Array>, announce?: AnnounceBlob): ResultAsync<string, BlobFailure>;
  get(key: string): ResultAsync<ReadableStream<Uint8Array>, BlobFailure | BlobNotFound>;
  stat(key: string): ResultAsync<BlobFacts, BlobFailure | BlobNotFound>;
  /** Succeeds if there is no such blob. */
  delete(key: string): ResultAsync<void, BlobFailure>;
}
