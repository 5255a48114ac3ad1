import { inflateSync } from "node:zlib";
import type { PngChunk } from "./png-chunks.ts";

/**
 * The orientation, 1 to 8, that a PNG asks for, wherever its Exif data stand: in a chunk of their own, also behind the
 * pixels, where ImageMagick writes it, or as text, as ImageMagick and ExifTool wrote it before there was such a chunk.
 * https://exiftool.org/TagNames/PNG.html
 */
export function pngOrientation(chunks: readonly PngChunk[]): number | undefined {
  const own = chunks.filter(({ type }) => type === "eXIf").map(({ data }) => data);
  for (const exif of own) {
    const orientation = exifOrientation(exif);
    if (orientation !== undefined) return orientation;
  }
  for (const { type, data } of chunks) {
    const text = isRawProfile(data) && textOf[type]?.(data);
    const orientation = text ? exifOrientation(exifInText(text)) : undefined;
    if (orientation !== undefined) return orientation;
  }
  return undefined;
}

const keywords = ["Raw profile type exif\0", "Raw profile type APP1\0"];

const isRawProfile = (data: Buffer): boolean =>
  keywords.some((keyword) => data.toString("latin1", 0, keyword.length) === keyword);

/** By type of chunk: the text behind the keyword. */
const textOf: Readonly<Record<string, (data: Buffer) => Buffer | undefined>> = {
  tEXt: (data) => afterZero(data, 1),
  // One byte names the compression.
  zTXt: (data) => inflated(afterZero(data, 1).subarray(1)),
  // Two bytes about the compression, then language and translated keyword, each ended by a zero.
  iTXt: (data) => {
    const rest = afterZero(data, 1);
    const text = afterZero(rest.subarray(2), 2);
    return rest[0] === 1 ? inflated(text) : text;
  },
};

/** The bytes after a number of zeros. */
function afterZero(data: Buffer, zeros: number): Buffer {
  let rest = data;
  for (let count = 0; count < zeros; count++) {
    const zero = rest.indexOf(0);
    rest = rest.subarray(zero < 0 ? rest.length : zero + 1);
  }
  return rest;
}

/** Exif data are at most 64 KiB, two digits and some line ends for each byte. */
const mostText = 1024 * 1024;

function inflated(data: Buffer): Buffer | undefined {
  try {
    return inflateSync(data, { maxOutputLength: mostText });
  } catch {
    return undefined;
  }
}

/** The name of the profile, the number of its bytes, and the bytes as hexadecimal digits in lines. */
function exifInText(text: Buffer): Buffer {
  const [, , ...lines] = text.toString("latin1").trimStart().split("\n");
  return Buffer.from(lines.join("").replaceAll(/\s/g, ""), "hex");
}

const orientationTag = 0x0112;
const shortType = 3;
const entryBytes = 12;

/** What may stand before Exif data, and does in some PNG files. */
const prefix = Buffer.from("Exif\0\0", "latin1");

/**
 * The orientation, 1 to 8, that Exif data ask for; undefined when they name none or cannot be read.
 * https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf (4.6.4)
 */
export function exifOrientation(exif: Buffer): number | undefined {
  const tiff = exif.indexOf(prefix) === 0 ? exif.subarray(prefix.length) : exif;
  const order = byteOrders[tiff.toString("latin1", 0, 4)];
  if (!order || tiff.length < 8) return undefined;
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : order.short(tiff, at));
  const directory = order.long(tiff, 4);
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + entry * entryBytes;
    if (at + entryBytes > tiff.length) return undefined;
    if (short(at) !== orientationTag) continue;
    const orientation = short(at + 8);
    return short(at + 2) === shortType && orientation >= 1 && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
}

/** Exif data that hold an orientation and nothing else. */
export function exifWithOrientation(orientation: number): Buffer {
  const exif = Buffer.alloc(26);
  exif.write("MM\0*\0\0\0\x08\0\x01", "latin1");
  exif.writeUInt16BE(orientationTag, 10);
  exif.writeUInt16BE(shortType, 12);
  exif.writeUInt32BE(1, 14);
  exif.writeUInt16BE(orientation, 18);
  return exif;
}

interface ByteOrder {
  readonly short: (bytes: Buffer, at: number) => number;
  readonly long: (bytes: Buffer, at: number) => number;
}

const byteOrders: Readonly<Record<string, ByteOrder>> = {
  "MM\0*": { short: (bytes, at) => bytes.readUInt16BE(at), long: (bytes, at) => bytes.readUInt32BE(at) },
  "II*\0": { short: (bytes, at) => bytes.readUInt16LE(at), long: (bytes, at) => bytes.readUInt32LE(at) },
};
