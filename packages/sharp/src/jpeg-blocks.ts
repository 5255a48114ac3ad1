import {
  bitsOf,
  codeOf,
  coefficients,
  coefficientsOf,
  stepBits,
  stepIndex,
  wholeBlock,
  type HuffmanTable,
  type Steps,
} from "./huffman-table.ts";
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
export function skipDifference({ bytes }: JpegBits, at: number, table: HuffmanTable): number {
  const entry = codeOf(table, peek(bytes, at));
  return entry === 0 ? impossible : at + (entry >> 8) + (entry & 15);
}

/** How a component codes its blocks. */
export interface BlockTables {
  readonly dc: HuffmanTable;
  readonly ac: HuffmanTable;
  readonly steps: Steps;
}

/** All 64 coefficients of a block. */
export function skipBlock({ bytes }: JpegBits, start: number, { dc, ac, steps }: BlockTables): number {
  const loaded = ahead(bytes, start);
  const difference = codeOf(dc, loaded >>> 16);
  if (difference === 0) return impossible;
  const differenceBits = (difference >> 8) + (difference & 15);
  let read = coefficients(1) + differenceBits;
  // Loading bits takes as long as a step: behind most differences, one is in those that were loaded.
  if (differenceBits <= loadedBits - stepBits) {
    const next = read + (steps[stepIndex(loaded << differenceBits)] ?? 0);
    if (next < wholeBlock) read = next;
    else if (coefficientsOf(next) <= 64) return start + bitsOf(next);
  }
  for (;;) {
    const at = start + bitsOf(read);
    const window = ahead(bytes, at);
    const step = steps[stepIndex(window)] ?? 0;
    let next = read + step;
    if (next < wholeBlock) {
      read = next;
      // And a second one is in those that were loaded for one.
      next += steps[stepIndex(window << bitsOf(step))] ?? 0;
      if (next < wholeBlock) {
        read = next;
        continue;
      }
    }
    if (coefficientsOf(next) <= 64) return start + bitsOf(next);
    read = readSymbol(bytes, start, read, ac);
    if (read < 0) return impossible;
    if (read >= wholeBlock) return start + bitsOf(read);
  }
}

/** What is read with one more symbol, where a step would lead too far. */
function readSymbol(bytes: DataView, start: number, read: number, ac: HuffmanTable): number {
  const entry = codeOf(ac, peek(bytes, start + bitsOf(read)));
  if (entry === 0) return impossible;
  const zeros = (entry >> 4) & 15;
  const size = entry & 15;
  const next = read + (entry >> 8) + size;
  if (size === 0 && zeros < 15) return next + wholeBlock;
  // Zeros alone may run over the end: some encoders write them up to there.
  const reached = next + coefficients(zeros + 1);
  return size > 0 && coefficientsOf(reached) > 64 ? impossible : reached;
}

/** What goes on from block to block within a segment: how many more blocks have nothing in this scan. */
export interface Run {
  blocks: number;
}

/** The coefficients of a band in a number of blocks, in the scan that names them first. */
export function skipBands(
  { bytes, length }: JpegBits,
  start: number,
  unit: number,
  count: number,
  band: Band,
  run: Run,
): number {
  const { first, last, table, known } = band;
  const end = unit + count;
  let at = start;
  for (let block = unit; block < end; block++) {
    if (run.blocks > 0) {
      run.blocks -= 1;
      continue;
    }
    for (let coefficient = first; coefficient <= last; coefficient++) {
      const entry = codeOf(table, peek(bytes, at));
      if (entry === 0) return impossible;
      at += entry >> 8;
      const zeros = (entry >> 4) & 15;
      const size = entry & 15;
      if (size === 0 && zeros < 15) {
        run.blocks = runLength(bytes, at, zeros) - 1;
        at += zeros;
        break;
      }
      coefficient += zeros;
      if (size === 0) continue;
      if (coefficient > last) return impossible;
      note(known, block, coefficient);
      at += size;
    }
    if (at > length) return impossible;
  }
  return at;
}

/** One more bit of each coefficient of a band that is not zero, and those that are from this scan on. */
export function refineBands(
  { bytes, length }: JpegBits,
  start: number,
  unit: number,
  count: number,
  band: Band,
  run: Run,
): number {
  const { first, last, table, known } = band;
  const end = unit + count;
  let at = start;
  for (let block = unit; block < end; block++) {
    const low = known.low[block] ?? 0;
    const high = known.high[block] ?? 0;
    let coefficient = first;
    while (run.blocks === 0 && coefficient <= last) {
      const entry = codeOf(table, peek(bytes, at));
      if (entry === 0) return impossible;
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
    if (run.blocks > 0) {
      run.blocks -= 1;
      // Most blocks of a run have nothing to refine.
      if ((low | high) !== 0)
        at += bitsIn(low & maskOf(coefficient, last)) + bitsIn(high & maskOf(coefficient - 32, last - 32));
    }
    if (at > length) return impossible;
  }
  return at;
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
