/** How many bits are looked up at once. Two steps are within those loaded. */
export const stepBits = 12;

/** A table of Huffman codes of a JPEG, laid out for reading. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex C) */
export interface HuffmanTable {
  /** By the next 12 bits: the length of the code they begin with, times 256, and its symbol; 0 where there is none. */
  readonly symbols: Uint16Array;
  /** The same by the next 16 bits, for the longer codes. They are behind all others, from `firstLong` on. */
  readonly long: Uint16Array;
  readonly firstLong: number;
  /** Several symbols at once. Made when they are first asked for: only whole blocks are read by them. */
  readonly steps: () => Steps;
}

/** From the 16 numbers of codes of each length, and the symbols in the order of their codes. */
export function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  let [code, index] = [0, 0];
  const fill = (entries: Uint16Array, offset: number, bits: number, from: number, to: number): void => {
    for (let length = from; length <= to; length++) {
      const width = 1 << (bits - length);
      for (let count = counts[length - 1] ?? 0; count > 0; count--) {
        entries.fill((length << 8) | (values[index] ?? 0), code - offset, code - offset + width);
        code += width;
        index += 1;
      }
    }
  };
  const symbols = new Uint16Array(1 << stepBits);
  fill(symbols, 0, stepBits, 1, stepBits);
  code <<= 16 - stepBits;
  const firstLong = code;
  const long = new Uint16Array(Math.max(0, 0x10000 - firstLong));
  fill(long, firstLong, 16, stepBits + 1, 16);
  let steps: Steps | undefined;
  return { symbols, long, firstLong, steps: () => (steps ??= stepsOf(symbols)) };
}

/** The length of the code that 16 bits begin with, times 256, and its symbol; 0 where there is none. */
export const codeOf = ({ symbols, long, firstLong }: HuffmanTable, bits: number): number =>
  symbols[bits >>> (16 - stepBits)] || (long[bits - firstLong] ?? 0);

/**
 * By the next 12 bits: the step over as many symbols as fit into them. Steps are packed, so that one addition goes on by
 * bits and by coefficients, and one comparison with `wholeBlock` tells that a block may end.
 */
export type Steps = Int32Array;

/** Of bits that are in front of 32, those that steps are found by. */
export const stepIndex = (window: number): number => window >>> (32 - stepBits);

/** What has been read of a block: its bits, and its coefficients. */
export const bitsOf = (read: number): number => read & 0xffff;
export const coefficientsOf = (read: number): number => (read >> 16) & 0x1ff;
export const coefficients = (count: number): number => count << 16;
export const wholeBlock = coefficients(64);

const end = coefficients(0x200);
/** Leads over the end of any block: no symbol fits. */
const tooFar = coefficients(0xff);

/**
 * A symbol holds the zeros before a coefficient and the number of its bits, which follow; the end is 0 bits. An end
 * counts as a coefficient, because it is a symbol of the same block only while there is one left.
 */
function stepsOf(symbols: Uint16Array): Steps {
  const steps = new Int32Array(1 << stepBits);
  for (let index = 0; index < steps.length; index++) {
    let step = 0;
    while (step < end) {
      const entry = symbols[(index << bitsOf(step)) & (steps.length - 1)] ?? 0;
      const zeros = (entry >> 4) & 15;
      const size = entry & 15;
      const bits = (entry >> 8) + size;
      if (entry === 0 || bitsOf(step) + bits > stepBits) break;
      step += bits + (size === 0 && zeros < 15 ? end + coefficients(1) : coefficients(zeros + 1));
    }
    steps[index] = step || tooFar;
  }
  return steps;
}
