import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createDeflate } from "node:zlib";
import { pngChunk, pngSignature } from "../png-chunks.ts";

const side = 40_000;
const rowBytes = 1 + side / 8;

/** A black PNG of 40 000 × 40 000 pixels at one bit each, written by hand: a small file, however much it claims to hold. */
export async function hugePng(): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const bands = Array<Buffer>(40).fill(Buffer.alloc((rowBytes * side) / 40));
  const pixels = await buffer(Readable.from(bands).pipe(createDeflate({ level: 1 })));
  return Buffer.concat([
    pngSignature,
    pngChunk("IHDR", header),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}
