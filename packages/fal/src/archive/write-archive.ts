import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Archive, BlobFailure, BlobNotFound } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { ZipFile } from "yazl";
import { attempt } from "../http/attempt.ts";
import type { FalFailure } from "../http/failure.ts";
import { exactly } from "./exactly.ts";

type EntryError = BlobFailure | BlobNotFound;

/**
 * A constant time, so that equal photos give equal archives. The format stores local time; the UTC field is left out.
 */
const reproducible = () => ({ mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644 });

/**
 * Writes the photos into an empty file, which stays open, one after the other and uncompressed, because JPEG does not
 * compress further. Only a small part is in memory at a time. An entry of another length than stated fails the whole.
 */
export function writeArchive(archive: Archive, handle: FileHandle): ResultAsync<void, FalFailure | EntryError> {
  const zip = new ZipFile();
  const abort = new AbortController();
  let cause: EntryError | undefined;
  const fail = (error: EntryError): void => {
    cause ??= error;
    abort.abort();
  };

  for (const entry of archive.entries)
    zip.addReadStreamLazy(entry.file, { ...reproducible(), compress: false, size: entry.bytes }, (add) => {
      void entry.open().match((stream) => {
        const content = Readable.from(exactly(entry, stream, abort.signal), { objectMode: false });
        content.on("error", (error) => fail({ type: "blob-failure", cause: error }));
        add(null, content);
      }, fail);
    });
  zip.on("error", (error) => fail({ type: "blob-failure", cause: error }));
  zip.end();

  const write = async (pieces: AsyncIterable<string | Uint8Array>): Promise<void> => {
    for await (const piece of pieces) await handle.writeFile(piece);
  };
  return attempt(() => pipeline(zip.outputStream, write, { signal: abort.signal })).mapErr((failure) => {
    const error = cause ?? failure;
    // Closes the photo that is being read, also when the disk is full.
    abort.abort();
    return error;
  });
}
