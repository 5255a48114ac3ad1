import { drawingIn, type Drawing } from "./drawing.ts";

/** What the beginning of a picture says. */
export interface PictureHead {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** How it was drawn, if the fake drew it. */
  readonly drawing?: Drawing | undefined;
}

/** Metadata comes before the size and may be long. */
const longestHead = 1024 * 1024;

/** Size and drawing of a JPEG, PNG or WebP; `undefined` for other files. */
export async function readPictureHead(file: Blob): Promise<PictureHead | undefined> {
  const bytes = Buffer.from(await file.slice(0, longestHead).arrayBuffer());
  const read = formats.find(({ head }) => head.test(bytes.toString("latin1", 0, 16)));
  return read?.of(bytes);
}

interface Format {
  readonly head: RegExp;
  readonly of: (bytes: Buffer) => PictureHead | undefined;
}

const formats: readonly Format[] = [
  { head: /^\xff\xd8\xff/, of: jpegHead },
  { head: /^\x89PNG\r\n/, of: pngHead },
  { head: /^RIFF[^]{4}WEBP/, of: webpHead },
];

const sized = (width: number, height: number): PictureHead | undefined =>
  width > 0 && height > 0 ? { width, height } : undefined;

/** https://www.w3.org/TR/png-3/#11IHDR */
function pngHead(bytes: Buffer): PictureHead | undefined {
  return bytes.length < 24 ? undefined : sized(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
}

/** Walks over the segments until the one with the size. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
function jpegHead(bytes: Buffer): PictureHead | undefined {
  let drawing: Drawing | undefined;
  for (let at = 2; at + 9 < bytes.length;) {
    const [start, marker] = [bytes[at], bytes[at + 1] ?? 0];
    if (start !== 0xff || marker === 0xda) return undefined;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === 0xfe) drawing ??= drawingIn(bytes.subarray(at + 4, at + 2 + length));
    const isSize = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isSize) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), drawing };
    at += 2 + length;
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpHead(bytes: Buffer): PictureHead | undefined {
  if (bytes.length < 30) return undefined;
  const sizes: Readonly<Record<string, (() => PictureHead | undefined) | undefined>> = {
    "VP8 ": () => sized(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff),
    VP8L: () => sized((bytes.readUInt32LE(21) & 0x3fff) + 1, ((bytes.readUInt32LE(21) >> 14) & 0x3fff) + 1),
    VP8X: () => sized(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1),
  };
  return sizes[bytes.toString("latin1", 12, 16)]?.();
}
