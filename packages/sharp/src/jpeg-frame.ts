import { huffmanTable, type HuffmanTable } from "./huffman-table.ts";

/** A component of a frame: how often it is sampled in each unit, and its blocks of 8 by 8 when it is alone in a scan. */
export interface JpegComponent {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
}

export interface JpegFrame {
  readonly progressive: boolean;
  readonly components: readonly JpegComponent[];
  /** Units of a scan that holds several components. */
  readonly units: number;
}

export interface JpegTables {
  readonly dc: Map<number, HuffmanTable>;
  readonly ac: Map<number, HuffmanTable>;
}

/** Cyan, magenta, yellow and black. */
const mostComponents = 4;

/** What a frame of SOF0, SOF1 or SOF2 says; undefined when it cannot be. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.2.2) */
export function readFrame(segment: Buffer, progressive: boolean): JpegFrame | undefined {
  const count = segment[5] ?? 0;
  if (count > mostComponents || segment.length < 6 + 3 * count) return undefined;
  const [height, width] = [segment.readUInt16BE(1), segment.readUInt16BE(3)];
  const sampled = Array.from({ length: count }, (_, index) => {
    const at = 6 + 3 * index;
    return { id: segment.readUInt8(at), across: segment.readUInt8(at + 1) >> 4, down: segment.readUInt8(at + 1) & 15 };
  });
  const across = Math.max(...sampled.map((component) => component.across));
  const down = Math.max(...sampled.map((component) => component.down));
  if (sampled.some((component) => component.across * component.down === 0)) return undefined;
  const blocks = (samples: number): number => Math.ceil(samples / 8);
  return {
    progressive,
    components: sampled.map((component) => ({
      ...component,
      blocksAcross: blocks(Math.ceil((width * component.across) / across)),
      blocksDown: blocks(Math.ceil((height * component.down) / down)),
    })),
    units: Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down)),
  };
}

/** Adds the tables of a segment to those there are. */
export function readHuffmanTables(segment: Buffer, tables: JpegTables): void {
  let at = 0;
  while (at + 17 <= segment.length) {
    const [kind, slot] = [segment.readUInt8(at) >> 4, segment.readUInt8(at) & 15];
    const counts = segment.subarray(at + 1, at + 17);
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
    (kind === 0 ? tables.dc : tables.ac).set(slot, huffmanTable(counts, segment.subarray(at + 17, end)));
    at = end;
  }
}
