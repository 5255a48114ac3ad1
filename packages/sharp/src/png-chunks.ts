import { crc32 } from "node:zlib";

/** One chunk of a PNG. https://www.w3.org/TR/png-3/#5Chunk-layout */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Buffer;
  /** With length, type and checksum, as it stands in the file. */
  readonly whole: Buffer;
}

export const pngSignature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** Length and type before the data, a checksum behind it. */
const around = { before: 8, behind: 4 };

/** The chunks up to the end that the format asks for, or up to the first that does not fit into the file. */
export function pngChunks(png: Uint8Array): PngChunk[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const chunks: PngChunk[] = [];
  let at = pngSignature.length;
  while (at + around.before + around.behind <= bytes.length && chunks.at(-1)?.type !== "IEND") {
    const dataEnd = at + around.before + bytes.readUInt32BE(at);
    const end = dataEnd + around.behind;
    if (end > bytes.length) break;
    const type = bytes.toString("latin1", at + 4, at + around.before);
    chunks.push({ type, data: bytes.subarray(at + around.before, dataEnd), whole: bytes.subarray(at, end) });
    at = end;
  }
  return chunks;
}

/** A PNG of these chunks, with others right behind its header. */
export function pngOf([header, ...chunks]: readonly PngChunk[], inFront: readonly Buffer[]): Buffer {
  const first = header ? [header.whole] : [];
  return Buffer.concat([pngSignature, ...first, ...inFront, ...chunks.map(({ whole }) => whole)]);
}

/** A chunk as it stands in a file. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(data.length, 0);
  numbers.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([numbers.subarray(0, 4), named, numbers.subarray(4)]);
}
