/** The bits of a segment without what is stuffed between them, and zeros behind them. */
export interface JpegBits {
  readonly bytes: DataView;
  /** Bits in all; those behind are none of the segment's. */
  readonly length: number;
}

/** More than one block can read beyond the end. */
const zeros = 512;

/** Where the entropy-coded segment at `start` ends: at the next marker, or at the end of the file. */
export function segmentEnd(jpeg: Buffer, start: number): number {
  for (let at = jpeg.indexOf(0xff, start); at >= 0; at = jpeg.indexOf(0xff, at + 2)) {
    let next = at + 1;
    while (jpeg[next] === 0xff) next += 1;
    if (jpeg[next] !== 0) return at;
    at = next - 1;
  }
  return jpeg.length;
}

/** Copies a segment: a zero that follows 255 is no part of it. */
export function unstuffed(jpeg: Buffer, start: number, end: number): JpegBits {
  const bytes = Buffer.alloc(end - start + zeros);
  let length = 0;
  let from = start;
  while (from < end) {
    const found = jpeg.indexOf(0xff, from);
    const to = found < 0 || found >= end ? end : found + 1;
    length += jpeg.copy(bytes, length, from, to);
    from = to;
    if (to === end) break;
    while (jpeg[from] === 0xff) from += 1;
    from += 1;
  }
  return { bytes: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), length: 8 * length };
}

/** How many bits are loaded at once. */
export const loadedBits = 25;

/** The bits that begin at a bit, in front of 32. */
export const ahead = (bytes: DataView, at: number): number => bytes.getUint32(at >>> 3) << (at & 7);

/** The 16 bits that begin at a bit. */
export const peek = (bytes: DataView, at: number): number => ahead(bytes, at) >>> 16;
