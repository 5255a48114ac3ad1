import { setImmediate } from "node:timers/promises";
import { peek, segmentEnd, unstuffed, type JpegBits } from "./jpeg-bits.ts";
import type { Run } from "./jpeg-blocks.ts";
import { readFrame, readHuffmanTables, type JpegFrame, type JpegTables } from "./jpeg-frame.ts";
import { follows, isTold, noProgress, type JpegProgress } from "./jpeg-progress.ts";
import { nextMarker } from "./jpeg-marker.ts";
import { release } from "./release.ts";
import { readScan, type JpegScan, type KnownCoefficients } from "./jpeg-scan.ts";

const markers = { end: 0xd9, tables: 0xc4, scan: 0xda, restarts: 0xdd, restart: 0xd0 } as const;

/** Sequential and progressive, with Huffman coding. Other kinds are not checked. */
const frames: ReadonlyMap<number, { readonly progressive: boolean }> = new Map([
  [0xc0, { progressive: false }],
  [0xc1, { progressive: false }],
  [0xc2, { progressive: true }],
]);

/**
 * Whether bits of a JPEG were lost or changed. The format has no checksum, and after damage a decoder goes on with
 * wrong colours in the wrong place; but the codes then almost never end where the picture does. So they are read,
 * without decoding pixels: each scan has to hold exactly as many blocks as the frame says.
 *
 * Data that cameras add is not damage: bytes between segments, zeros or a few odd bytes after the last block, further
 * restart intervals, anything after the end. Yields to other work in between.
 */
export async function isDamagedJpeg(photo: Uint8Array): Promise<boolean> {
  const jpeg = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength);
  const tables: JpegTables = { dc: new Map(), ac: new Map() };
  const known: KnownCoefficients = new Map();
  let frame: JpegFrame | undefined;
  let progress: JpegProgress = new Map();
  let interval = 0;
  let at = 2;
  while (at < jpeg.length) {
    const found = nextMarker(jpeg, at);
    if (found?.marker === markers.end) return !isTold(progress);
    if (!found || found.behind + 2 > jpeg.length) return false;
    const { marker, behind } = found;
    at = behind + jpeg.readUInt16BE(behind);
    if (at > jpeg.length) return false;
    const segment = jpeg.subarray(behind + 2, at);
    const kind = frames.get(marker);
    if (kind) {
      frame = segment[0] === 8 && !frame ? readFrame(segment, kind.progressive) : undefined;
      progress = frame ? noProgress(frame) : new Map();
    }
    if (marker === markers.tables) readHuffmanTables(segment, tables);
    if (marker === markers.restarts && segment.length >= 2) interval = segment.readUInt16BE(0);
    if (marker !== markers.scan) continue;

    const scan = frame && readScan(segment, frame, tables, known);
    if (!frame || !scan) return false;
    if (!follows(progress, scan.components, scan.band)) return true;
    const end = await readSegments(jpeg, at, scan, interval);
    if (end === undefined) return true;
    if (!frame.progressive && isTold(progress)) return false;
    at = end;
  }
  return false;
}

/** Whether bits of a photo were lost or changed, as far as only `isDamagedJpeg` finds it: decoders report the rest. */
export const isDamaged = async (format: string | undefined, photo: Uint8Array): Promise<boolean> =>
  format === "jpeg" && (await isDamagedJpeg(photo));

/**
 * Units that are read before other work may go on: half a millisecond. Each commit and call of an answer to a person takes
 * turns of the event loop, and waits in each of them for every photo that is being read.
 */
const unitsAtOnce = 1000;

/** Reads a scan, restart interval by restart interval, and gives its end; undefined when it is damaged. */
async function readSegments(
  jpeg: Buffer,
  start: number,
  scan: JpegScan,
  interval: number,
): Promise<number | undefined> {
  const perSegment = interval || scan.units;
  let at = start;
  let sinceBreath = 0;
  for (let unit = 0, restart = 0; ; restart = (restart + 1) % 8) {
    const end = segmentEnd(jpeg, at);
    const bits = unstuffed(jpeg, at, end);
    const segmentUnits = Math.min(unit + perSegment, scan.units);
    const run = { blocks: 0 };
    let bit = 0;
    while (unit < segmentUnits) {
      const count = Math.min(unitsAtOnce, segmentUnits - unit);
      bit = scan.read(bits, bit, unit, count, run);
      if (bit < 0) return undefined;
      unit += count;
      sinceBreath += count;
      if (sinceBreath < unitsAtOnce) continue;
      sinceBreath = 0;
      await setImmediate();
    }
    if (hasRest(bits, bit) && (unit < scan.units || goesOn(bits, bit, scan, run))) return undefined;
    release(bits.bytes);
    if (unit === scan.units) return end;
    let behind = end;
    while (jpeg[behind] === 0xff) behind += 1;
    if (jpeg[behind] !== markers.restart + restart) return undefined;
    at = behind + 1;
  }
}

/** Fewer bytes are no unit. */
const fewestBytes = 3;

/** Whether something else than filling is left of a segment: more than a few bytes, and not all of them the same. */
function hasRest({ bytes, length }: JpegBits, start: number): boolean {
  if (length - start < 8 * fewestBytes) return false;
  const byteAt = (at: number): number => peek(bytes, at) >> 8;
  const last = byteAt(length - 8);
  for (let at = length - 16; at >= start; at -= 8) if (byteAt(at) !== last) return true;
  return false;
}

/** More bytes than cameras leave. */
const mostOddBytes = 64;

/** Whether what is left behind the last unit is of the picture: many bytes, or further units to the last bit. */
function goesOn(bits: JpegBits, start: number, scan: JpegScan, run: Run): boolean {
  if (bits.length - start > 8 * mostOddBytes) return true;
  let at = start;
  for (let unit = scan.units; at >= 0 && bits.length - at >= 8; unit++) at = scan.read(bits, at, unit, 1, run);
  return at >= 0;
}
