import type { FileHandle } from "node:fs/promises";
import type { ArchiveEntry, BlobFailure, BlobNotFound } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../http/attempt.ts";
import type { FalFailure } from "../http/failure.ts";
import { exactly } from "./exactly.ts";

/** Writes one entry as it is into an empty file, which stays open. Only a small part is in memory at a time. */
export const writeEntry = (
  entry: ArchiveEntry,
  handle: FileHandle,
): ResultAsync<void, FalFailure | BlobFailure | BlobNotFound> =>
  entry.open().andThen((stream) => {
    const abort = new AbortController();
    let cause: BlobFailure | undefined;
    async function* pieces(): AsyncGenerator<Uint8Array> {
      try {
        yield* exactly(entry, stream, abort.signal);
      } catch (thrown) {
        cause = { type: "blob-failure", cause: thrown };
        throw thrown;
      }
    }
    const write = async (): Promise<void> => {
      for await (const piece of pieces()) await handle.writeFile(piece);
    };
    return attempt(write).mapErr((failure) => {
      abort.abort();
      return cause ?? failure;
    });
  });
