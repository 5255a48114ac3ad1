import { inflateSync } from "node:zlib";
import { exifOrientation } from "./exif-orientation.ts";
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
