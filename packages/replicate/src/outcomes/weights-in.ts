import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { extract, type Header } from "tar-stream";

/**
 * The one `.safetensors` in a tar, as a stream; nothing is written to disk, and the names in the tar are not used. The
 * stream ends with an error when there is none, or another one behind it, or the tar breaks off.
 */
export const weightsIn = (tar: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
  // The cast: Node and the DOM describe the same class in two ways.
  Readable.toWeb(Readable.from(pieces(tar), { objectMode: false })) as ReadableStream<Uint8Array>;

async function* pieces(tar: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const entries = extract();
  // Its failure also ends the loop below.
  const copied = pipeline(Readable.fromWeb(tar as NodeStream<Uint8Array>), entries).catch(() => undefined);
  let found = 0;
  try {
    for await (const entry of entries) {
      if (!isWeights(entry.header)) {
        entry.resume();
        continue;
      }
      found++;
      if (found > 1) throw new Error("the archive has more than one file of weights");
      for await (const chunk of entry) yield chunk as Uint8Array;
    }
  } finally {
    entries.destroy();
    await copied;
  }
  if (found === 0) throw new Error("the archive has no weights");
}

const isWeights = ({ type, name }: Header): boolean =>
  (type === "file" || type === "contiguous-file") && name.endsWith(".safetensors");
