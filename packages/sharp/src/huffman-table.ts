/** How many bits are looked up at once where several symbols are read in one step. */
const stepBits = 12;

/** A table of Huffman codes of a JPEG, laid out for reading. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex C) */
export interface HuffmanTable {
  /** By the next 16 bits: the length of the code they begin with, times 256, and its symbol; 0 where there is none. */
  readonly symbols: Uint16Array;
  /** By the next bits: what `stepOf` tells apart, of as many symbols as fit into them; 0 where not even one does. */
  readonly steps: Int32Array;
}

/** Of the next 16 bits, those that `steps` are found by. */
export const stepIndex = (bits: number): number => bits >>> (16 - stepBits);

/** How a step is packed: its bits, the coefficients that it goes on by, and whether it ends the block. */
export const stepLayout = { bits: 0x1f, coefficients: 5, end: 0x10000 } as const;

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

/** A symbol holds the zeros before a coefficient and the number of its bits, which follow; the end is 0 bits. */
function steps(symbols: Uint16Array): Int32Array {
  const table = new Int32Array(1 << stepBits);
  for (let index = 0; index < table.length; index++) {
    let used = 0;
    let coefficients = 0;
    let end = 0;
    while (end === 0) {
      const entry = symbols[(index << (16 - stepBits + used)) & 0xffff] ?? 0;
      const zeros = (entry >> 4) & 15;
      const size = entry & 15;
      const bits = used + (entry >> 8) + size;
      if (entry < 0x100 || bits > stepBits) break;
      used = bits;
      if (size === 0 && zeros < 15) end = stepLayout.end;
      else coefficients += zeros + 1;
    }
    table[index] = used | (coefficients << stepLayout.coefficients) | end;
  }
  return table;
}
