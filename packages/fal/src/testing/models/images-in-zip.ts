import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from "yauzl";

const imageHeads: readonly RegExp[] = [/^\xff\xd8\xff/, /^\x89PNG\r\n/, /^RIFF[^]{4}WEBP/];

/** The names of the images (JPEG, PNG, WebP by content) in a zip; undefined when it is no readable zip. */
export async function imagesInZip(zip: Blob): Promise<readonly string[] | undefined> {
  try {
    const archive = await fromRandomAccessReaderPromise(readerOf(zip), zip.size);
    const images: string[] = [];
    for await (const entry of archive.eachEntry()) {
      const head = await headOf(archive, entry);
      if (!isLitter(entry.fileName) && imageHeads.some((pattern) => pattern.test(head))) images.push(entry.fileName);
    }
    return images;
  } catch {
    return undefined;
  }
}

/** Reads parts of a blob, which may be too large for memory. yauzl takes a subclass only. */
function readerOf(zip: Blob): RandomAccessReader {
  class BlobReader extends RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.fromWeb(zip.slice(start, end).stream() as ReadableStream);
    }
  }
  return new BlobReader();
}

/** The first bytes of a file, one character each. */
async function headOf(archive: ZipFile, entry: Entry): Promise<string> {
  const content: AsyncIterable<Buffer> = await archive.openReadStreamPromise(entry);
  for await (const piece of content) return piece.toString("latin1", 0, 16);
  return "";
}

/** What macOS leaves in archives. */
const isLitter = (name: string): boolean => name.startsWith("__MACOSX/") || /(^|\/)\.[^/]*$/.test(name);
