/** How many bits are looked up at once where several symbols are read in one step. Two steps are within those loaded. */
export const stepBits = 12;

/** A table of Huffman codes of a JPEG, laid out for reading. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex C) */
export interface HuffmanTable {
  /** By the next 16 bits: the length of the code they begin with, times 256, and its symbol; 0 where there is none. */
  readonly symbols: Uint16Array;
  /** By the next bits: the step over as many symbols as fit into them, or one that leads over any end where none does. */
  readonly steps: Int32Array;
}

/** Of bits that are in front of 32, those that `steps` are found by. */
export const stepIndex = (window: number): number => window >>> (32 - stepBits);

/** How a step is packed: its bits, the coefficients that it goes on by, and whether it ends the block. */
export const bitsOf = (step: number): number => step & 0x1f;
export const coefficientsOf = (step: number): number => (step >> 5) & 0xff;
export const isEnd = (step: number): boolean => step >= end;

const end = 0x10000;
const tooFar = 0xff;

/** From the 16 numbers of codes of each length, and the symbols in the order of their codes. */
export function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const symbols = new Uint16Array(0x10000);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const width = 1 << (16 - length);
    for (let count = counts[length - 1] ?? 0; count > 0; count--) {
      symbols.fill((length << 8) | (values[index] ?? 0), code, code + width);
      code += width;
      index += 1;
    }
  }
  return { symbols, steps: steps(symbols) };
}

/**
 * A symbol holds the zeros before a coefficient and the number of its bits, which follow; the end is 0 bits. An end
 * counts as a coefficient, because it is a symbol of the same block only while there is one left.
 */
function steps(symbols: Uint16Array): Int32Array {
  const table = new Int32Array(1 << stepBits);
  for (let index = 0; index < table.length; index++) {
    let used = 0;
    let coefficients = 0;
    let ends = 0;
    while (ends === 0) {
      const entry = symbols[(index << (16 - stepBits + used)) & 0xffff] ?? 0;
      const zeros = (entry >> 4) & 15;
      const size = entry & 15;
      const bits = used + (entry >> 8) + size;
      if (entry < 0x100 || bits > stepBits) break;
      used = bits;
      if (size === 0 && zeros < 15) ends = end;
      coefficients += ends ? 1 : zeros + 1;
    }
    table[index] = used | ((used > 0 ? coefficients : tooFar) << 5) | ends;
  }
  return table;
}
