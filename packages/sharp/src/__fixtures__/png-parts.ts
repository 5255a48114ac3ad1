import { pngChunk, pngChunks, pngSignature } from "../png-chunks.ts";

export type PngPart = readonly [type: string, data: Buffer];

/** The PNG with these chunks right behind its header, and those right before its end. */
export function withChunks(png: Buffer, inFront: readonly PngPart[], behind: readonly PngPart[] = []): Buffer {
  const chunks = pngChunks(png).map(({ whole }) => whole);
  const made = (parts: readonly PngPart[]) => parts.map(([type, data]) => pngChunk(type, data));
  return Buffer.concat([
    pngSignature,
    ...chunks.slice(0, 1),
    ...made(inFront),
    ...chunks.slice(1, -1),
    ...made(behind),
    ...chunks.slice(-1),
  ]);
}

/** Big-endian numbers of four bytes each. */
export function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
}

/** The file gamma. */
export const gamma = (value: number): PngPart => ["gAMA", longs(Math.round(value * 100_000))];

/** Primaries and transfer by the numbers of H.273, in full range unless said otherwise. */
export const codes = (primaries: number, transfer: number, fullRange = 1): PngPart => [
  "cICP",
  Buffer.from([primaries, transfer, 0, fullRange]),
];
