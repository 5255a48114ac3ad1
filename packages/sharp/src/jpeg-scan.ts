import type { HuffmanTable } from "./huffman-table.ts";
import type { JpegBits } from "./jpeg-bits.ts";
import {
  impossible,
  noCoefficients,
  refineBands,
  skipBands,
  skipBlock,
  skipDifference,
  type Band,
  type BlockTables,
  type Coefficients,
  type Run,
} from "./jpeg-blocks.ts";
import type { JpegComponent, JpegFrame, JpegTables } from "./jpeg-frame.ts";
import type { ScanBand } from "./jpeg-progress.ts";

/** A scan of a frame: how many units it has, and how they are read. */
export interface JpegScan {
  readonly components: readonly JpegComponent[];
  readonly units: number;
  readonly band: ScanBand;
  /** Reads a number of units from a bit on and returns the bit after them, or `impossible`. */
  readonly read: ReadUnits;
}

export type ReadUnits = (bits: JpegBits, at: number, unit: number, count: number, run: Run) => number;

/** What earlier scans told of each component. */
export type KnownCoefficients = Map<JpegComponent, Coefficients>;

/**
 * What a segment of SOS asks for; undefined when it names what was not defined before.
 * https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.2.3)
 */
export function readScan(
  segment: Buffer,
  frame: JpegFrame,
  tables: JpegTables,
  known: KnownCoefficients,
): JpegScan | undefined {
  const count = segment[0] ?? 0;
  if (segment.length < 4 + 2 * count) return undefined;
  const parts = Array.from({ length: count }, (_, index) => {
    const [id, slots] = [segment.readUInt8(1 + 2 * index), segment.readUInt8(2 + 2 * index)];
    return {
      component: frame.components.find((component) => component.id === id),
      dc: tables.dc.get(slots >> 4),
      ac: tables.ac.get(slots & 15),
    };
  });
  const components = parts.map(({ component }) => component).filter((component) => component !== undefined);
  const [only] = components;
  if (!only || components.length < count) return undefined;
  const alone = count === 1;
  const units = alone ? only.blocksAcross * only.blocksDown : frame.units;
  const blocks = parts.flatMap((part) => {
    const { across = 1, down = 1 } = alone ? {} : (part.component ?? {});
    return Array<typeof part>(across * down).fill(part);
  });

  const [first = 0, last = 0, steps = 0] = segment.subarray(1 + 2 * count);
  const [before, after] = [steps >> 4, steps & 15];
  const refines = before > 0;
  const read = !frame.progressive
    ? wholeBlocks(blocks)
    : first === 0
      ? refines
        ? bitOfEach(blocks.length)
        : differences(blocks)
      : band(only, parts[0]?.ac, { first, last, refines }, known);
  const told = frame.progressive ? { first, last, before, after } : { first: 0, last: 63, before: 0, after: 0 };
  return read && { components, units, band: told, read };
}

interface Tables {
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

function wholeBlocks(blocks: readonly Tables[]): ReadUnits | undefined {
  const tables = blocks
    .map(({ dc, ac }): BlockTables | undefined => (dc && ac ? { dc, ac, steps: ac.steps() } : undefined))
    .filter((pair) => pair !== undefined);
  if (tables.length < blocks.length) return undefined;
  return (bits, start, _, count) => {
    let at = start;
    for (let unit = 0; unit < count; unit++) {
      for (const table of tables) {
        at = skipBlock(bits, at, table);
        if (at < 0 || at > bits.length) return impossible;
      }
    }
    return at;
  };
}

function differences(blocks: readonly Tables[]): ReadUnits | undefined {
  const tables = blocks.map(({ dc }) => dc).filter((dc) => dc !== undefined);
  if (tables.length < blocks.length) return undefined;
  return (bits, start, _, count) => {
    let at = start;
    for (let unit = 0; unit < count; unit++) {
      for (const dc of tables) {
        at = skipDifference(bits, at, dc);
        if (at < 0 || at > bits.length) return impossible;
      }
    }
    return at;
  };
}

const bitOfEach =
  (blocks: number): ReadUnits =>
  (bits, at, _, count) =>
    at + blocks * count > bits.length ? impossible : at + blocks * count;

function band(
  component: JpegComponent,
  table: Tables["ac"],
  { first, last, refines }: { first: number; last: number; refines: boolean },
  known: KnownCoefficients,
): ReadUnits | undefined {
  if (!table || first > last || last > 63) return undefined;
  const coefficients = known.get(component) ?? noCoefficients(component.blocksAcross * component.blocksDown);
  known.set(component, coefficients);
  const part: Band = { first, last, table, known: coefficients };
  const read = refines ? refineBands : skipBands;
  return (bits, start, unit, count, run) => read(bits, start, unit, count, part, run);
}
