import { buffer } from "node:stream/consumers";
import type { Archive, ArchiveEntry, BlobFailure, BlobNotFound, ProviderError } from "@likeness/core";
import { errAsync, ok, ResultAsync, safeTry } from "neverthrow";
import { ZipFile } from "yazl";

export type PrepareError = ProviderError | BlobFailure | BlobNotFound;

/** Replicate's limit for an upload; it is held in memory. */
const mostBytes = 100 * 1024 * 1024;

/** A constant time, so that equal photos give equal archives. */
const reproducible = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, mode: 0o100644, compress: false };

const tooLarge: PrepareError = {
  type: "provider-refused",
  status: 413,
  detail: "the photos have more than 100 MiB together, which Replicate does not take",
};

/** The photos of an order in one zip, uncompressed, because JPEG does not compress further. */
export const packed = ({ entries }: Archive): ResultAsync<Uint8Array, PrepareError> =>
  safeTry(async function* () {
    if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) return errAsync(tooLarge);
    const zip = new ZipFile();
    for (const entry of entries) zip.addBuffer(Buffer.from(yield* unpacked(entry)), entry.file, reproducible);
    zip.end();
    return ok(new Uint8Array(await buffer(zip.outputStream)));
  });

/** The bytes of one file. One of another length than stated fails. */
export const unpacked = (entry: ArchiveEntry): ResultAsync<Uint8Array, PrepareError> =>
  entry.bytes > mostBytes
    ? errAsync(tooLarge)
    : entry
        .open()
        .andThen((stream) =>
          ResultAsync.fromPromise(read(entry, stream), (cause) => ({ type: "blob-failure", cause }) as const),
        );

async function read({ file, bytes }: ArchiveEntry, stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const content = new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
  if (content.length !== bytes) throw new Error(`${file} has ${content.length} bytes, not ${bytes}`);
  return content;
}
