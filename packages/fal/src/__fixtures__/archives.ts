import { buffer } from "node:stream/consumers";
import type { ArchiveEntry } from "@likeness/core";
import { okAsync } from "neverthrow";
import { openPromise } from "yauzl";

/** Text as a photo of an archive; `bytes` is what it says of its length. */
export const anEntry = (file: string, text: string, bytes = Buffer.byteLength(text)): ArchiveEntry => ({
  file,
  bytes,
  open: () => okAsync(new Blob([text]).stream()),
});

/** A photo of this many bytes that begins like a JPEG and is never completely in memory. */
export const aPhotoEntry = (file: string, bytes: number): ArchiveEntry => ({
  file,
  bytes,
  open: () => okAsync(jpegOf(bytes)),
});

function jpegOf(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull: (controller) => {
      const piece = new Uint8Array(Math.min(left, 64 * 1024)).fill(0x5a);
      if (left === bytes) piece.set([0xff, 0xd8, 0xff]);
      left -= piece.byteLength;
      if (piece.byteLength > 0) controller.enqueue(piece);
      if (left === 0) controller.close();
    },
  });
}

/** What another reader than ours finds in a zip. */
export async function readZip(path: string): Promise<{ file: string; compressed: boolean; text: string }[]> {
  const zip = await openPromise(path, { lazyEntries: true });
  const files: { file: string; compressed: boolean; text: string }[] = [];
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    files.push({ file: entry.fileName, compressed: entry.compressionMethod !== 0, text: content.toString("utf8") });
  }
  return files;
}
