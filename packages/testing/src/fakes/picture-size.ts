import type { PictureFacts } from "@likeness/core";

/** What the header of a picture says, if it is one and not cut off. Damage inside of it is not found. */
export function pictureSize(bytes: Uint8Array): Omit<PictureFacts, "black"> | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = formats.find(({ start }) => start.every(([at, text]) => textAt(file, at, text.length) === text));
  const size = format?.isWhole(file) ? format.size(file) : undefined;
  return format && size && { contentType: format.contentType, width: size[0], height: size[1] };
}

interface Format {
  readonly contentType: PictureFacts["contentType"];
  readonly start: readonly (readonly [at: number, text: string])[];
  isWhole(file: Buffer): boolean;
  size(file: Buffer): readonly [width: number, height: number] | undefined;
}

const textAt = (file: Buffer, at: number, length: number): string => file.toString("latin1", at, at + length);

const endsWith = (file: Buffer, end: string): boolean =>
  file.length >= end.length && textAt(file, file.length - end.length, end.length) === end;

const formats: readonly Format[] = [
  {
    contentType: "image/jpeg",
    start: [[0, "\xff\xd8\xff"]],
    isWhole: (file) => endsWith(file, "\xff\xd9"),
    size: jpegSize,
  },
  {
    contentType: "image/png",
    start: [
      [0, "\x89PNG\r\n\x1a\n"],
      [12, "IHDR"],
    ],
    isWhole: (file) => file.length > 33 && endsWith(file, "IEND\xae\x42\x60\x82"),
    size: (file) => [file.readUInt32BE(16), file.readUInt32BE(20)],
  },
  {
    contentType: "image/webp",
    start: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
    isWhole: (file) => file.length >= 30 && file.readUInt32LE(4) + 8 === file.length,
    size: webpSize,
  },
];

/** Frames of Huffman coding: baseline, extended and progressive. */
const frames: readonly number[] = [0xc0, 0xc1, 0xc2];

function jpegSize(file: Buffer): readonly [number, number] | undefined {
  let at = 2;
  while (at + 9 <= file.length && file[at] === 0xff) {
    if (frames.includes(file.readUInt8(at + 1))) return [file.readUInt16BE(at + 7), file.readUInt16BE(at + 5)];
    at += 2 + file.readUInt16BE(at + 2);
  }
  return undefined;
}

function webpSize(file: Buffer): readonly [number, number] | undefined {
  const lossless = file.readUInt32LE(21);
  switch (textAt(file, 12, 4)) {
    case "VP8X":
      return [1 + file.readUIntLE(24, 3), 1 + file.readUIntLE(27, 3)];
    case "VP8L":
      return [1 + (lossless & 0x3fff), 1 + ((lossless >>> 14) & 0x3fff)];
    case "VP8 ":
      return [file.readUInt16LE(26) & 0x3fff, file.readUInt16LE(28) & 0x3fff];
    default:
      return undefined;
  }
}
