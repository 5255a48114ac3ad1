import { bitsOf, coefficientsOf, isEnd, stepBits, stepIndex, type HuffmanTable } from "./huffman-table.ts";
import { ahead, loadedBits, peek, type JpegBits } from "./jpeg-bits.ts";

/** Instead of a position: the bits cannot be those of a picture. */
export const impossible = -1;

/** The coefficients that are not zero, by block: what a scan that refines them has to know. */
export interface Coefficients {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

export const noCoefficients = (blocks: number): Coefficients => ({
  low: new Int32Array(blocks),
  high: new Int32Array(blocks),
});

/** A difference: the length of the code and as many bits as its symbol says. */
export function skipDifference({ bytes }: JpegBits, at: number, { symbols }: HuffmanTable): number {
  const entry = symbols[peek(bytes, at)] ?? 0;
  return entry < 0x100 ? impossible : at + (entry >> 8) + (entry & 15);
}

/** All 64 coefficients of a block. */
export function skipBlock(bits: JpegBits, start: number, dc: HuffmanTable, ac: HuffmanTable): number {
  const { bytes } = bits;
  const { steps, symbols } = ac;
  const loaded = ahead(bytes, start);
  const difference = dc.symbols[loaded >>> 16] ?? 0;
  if (difference < 0x100) return impossible;
  const differenceBits = (difference >> 8) + (difference & 15);
  let at = start + differenceBits;
  let coefficient = 1;
  // Loading bits takes as long as a step: behind most differences, one is in those that were loaded.
  if (differenceBits <= loadedBits - stepBits) {
    const step = steps[stepIndex(loaded << differenceBits)] ?? 0;
    const reached = coefficient + coefficientsOf(step);
    if (reached <= 64) {
      at += bitsOf(step);
      if (isEnd(step)) return at;
      coefficient = reached;
    }
  }
  while (coefficient < 64) {
    const window = ahead(bytes, at);
    const step = steps[stepIndex(window)] ?? 0;
    const reached = coefficient + coefficientsOf(step);
    if (reached <= 64) {
      at += bitsOf(step);
      if (isEnd(step)) return at;
      coefficient = reached;
      // And a second one is in those that were loaded for one.
      const second = steps[stepIndex(window << bitsOf(step))] ?? 0;
      const further = coefficient + coefficientsOf(second);
      if (further > 64) continue;
      at += bitsOf(second);
      if (isEnd(second)) return at;
      coefficient = further;
      continue;
    }
    const entry = symbols[window >>> 16] ?? 0;
    if (entry < 0x100) return impossible;
    const zeros = (entry >> 4) & 15;
    const size = entry & 15;
    at += (entry >> 8) + size;
    if (size === 0 && zeros < 15) return at;
    coefficient += zeros + 1;
    // Zeros alone may run over the end: some encoders write them up to there.
    if (coefficient > 64 && size > 0) return impossible;
  }
  return at;
}

/** What goes on from block to block within a segment: how many more blocks have nothing in this scan. */
export interface Run {
  blocks: number;
}

/** The coefficients of a band, in the scan that names them first. */
export function skipBand(bits: JpegBits, start: number, block: number, band: Band, run: Run): number {
  if (run.blocks > 0) {
    run.blocks -= 1;
    return start;
  }
  const { bytes } = bits;
  const { symbols } = band.table;
  let at = start;
  for (let coefficient = band.first; coefficient <= band.last; coefficient++) {
    const entry = symbols[peek(bytes, at)] ?? 0;
    if (entry < 0x100) return impossible;
    at += entry >> 8;
    const zeros = (entry >> 4) & 15;
    const size = entry & 15;
    if (size === 0 && zeros < 15) {
      run.blocks = runLength(bytes, at, zeros) - 1;
      return at + zeros;
    }
    coefficient += zeros;
    if (size === 0) continue;
    if (coefficient > band.last) return impossible;
    note(band.known, block, coefficient);
    at += size;
  }
  return at;
}

/** One more bit of each coefficient of a band that is not zero, and those that are from this scan on. */
export function refineBand(bits: JpegBits, start: number, block: number, band: Band, run: Run): number {
  const { last, known } = band;
  const low = known.low[block] ?? 0;
  const high = known.high[block] ?? 0;
  if (run.blocks > 0) {
    run.blocks -= 1;
    // Most blocks of a run have nothing to refine.
    return (low | high) === 0 ? start : start + countFrom(band, block, band.first);
  }
  const { bytes } = bits;
  const { symbols } = band.table;
  let at = start;
  let coefficient = band.first;
  while (run.blocks === 0 && coefficient <= last) {
    const entry = symbols[peek(bytes, at)] ?? 0;
    if (entry < 0x100) return impossible;
    at += entry >> 8;
    const zeros = (entry >> 4) & 15;
    const size = entry & 15;
    if (size === 0 && zeros < 15) {
      run.blocks = runLength(bytes, at, zeros);
      at += zeros;
      break;
    }
    if (size > 1) return impossible;
    at += size;
    let left = zeros;
    // Over all neighbours that are zero at once, and all that are not: one by one took half as long again.
    while (coefficient <= last) {
      const place = coefficient & 31;
      const window = (coefficient < 32 ? low : high) >> place;
      const most = Math.min(32 - place, last - coefficient + 1);
      if (window & 1) {
        const refined = Math.min(zerosBelow(~window), most);
        at += refined;
        coefficient += refined;
        continue;
      }
      const passed = Math.min(zerosBelow(window), most);
      if (left < passed) {
        coefficient += left;
        break;
      }
      left -= passed;
      coefficient += passed;
    }
    if (size === 1) {
      if (coefficient > last) return impossible;
      note(known, block, coefficient);
    }
    coefficient += 1;
  }
  if (run.blocks === 0) return at;
  run.blocks -= 1;
  return at + countFrom(band, block, coefficient);
}

/** A part of the coefficients, 1 to 63 in zigzag order, of one component. */
export interface Band {
  readonly first: number;
  readonly last: number;
  readonly table: HuffmanTable;
  readonly known: Coefficients;
}

const runLength = (bytes: DataView, at: number, size: number): number =>
  (1 << size) + (size === 0 ? 0 : peek(bytes, at) >>> (16 - size));

function note({ low, high }: Coefficients, block: number, coefficient: number): void {
  const half = coefficient < 32 ? low : high;
  half[block] = (half[block] ?? 0) | (1 << (coefficient & 31));
}

/** How many coefficients of the band are not zero, from one on. */
function countFrom({ last, known }: Band, block: number, from: number): number {
  const low = (known.low[block] ?? 0) & maskOf(from, last);
  const high = (known.high[block] ?? 0) & maskOf(from - 32, last - 32);
  return bitsIn(low) + bitsIn(high);
}

/** The bits from one to another of 32. */
function maskOf(from: number, to: number): number {
  if (to < 0 || from > 31 || from > to) return 0;
  return (-1 << Math.max(0, from)) & (-1 >>> (31 - Math.min(31, to)));
}

/** How many zeros are below the lowest bit that is set; more than 32 when none is. */
const zerosBelow = (word: number): number => Math.clz32(word & -word) ^ 31;

/** https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
