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

/** Content-addressed, private bytes. Run `describeBlobStore` of `@likeness/testing` against yours. */
export interface BlobStore {
  /** Stores the bytes and returns their hex SHA-256, the key. A crash leaves the whole blob or nothing; what is there stays. */
  put(content: Uint8Array | ReadableStream<Uint8Array>): ResultAsync<string, BlobFailure>;
  get(key: string): ResultAsync<ReadableStream<Uint8Array>, BlobFailure | BlobNotFound>;
  stat(key: string): ResultAsync<BlobFacts, BlobFailure | BlobNotFound>;
  /** Deleting what is not there is fine. */
  delete(key: string): ResultAsync<void, BlobFailure>;
}
