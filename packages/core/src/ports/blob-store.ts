import type { ResultAsync } from "neverthrow";

/** The blob store did not answer, or not as it should: disk full, no permission, network. */
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
   * Stores the bytes and returns their hex SHA-256, the key. A crash leaves the whole blob or nothing; what is there stays.
   * `announce` hears the key when all bytes have come and before the blob can be there, so that a note of it outlives a
   * crash in between. If that fails nothing is stored, which is a `blob-failure`.
   */
  put(content: Uint8Array | ReadableStream<Uint8Array>, announce?: AnnounceBlob): ResultAsync<string, BlobFailure>;
  get(key: string): ResultAsync<ReadableStream<Uint8Array>, BlobFailure | BlobNotFound>;
  stat(key: string): ResultAsync<BlobFacts, BlobFailure | BlobNotFound>;
  /** Deleting what is not there is fine. */
  delete(key: string): ResultAsync<void, BlobFailure>;
}
