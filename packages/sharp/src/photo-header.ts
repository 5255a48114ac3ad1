import { isHdrProfile, profileTags } from "./icc-profile.ts";
import type { PhotoVariety, ReadablePhoto } from "./photo-variety.ts";
import type { SharpModule } from "./sharp-module.ts";

/** The formats that are decoded. Nothing else ever reaches a decoder. */
const decoded: ReadonlySet<string> = new Set(["jpeg", "png", "webp"]);

export const isDecoded = (format: string): boolean => decoded.has(format);

/** The signature of each format and its offset, one character per byte. */
const signatures: readonly { readonly format: string; readonly marks: Readonly<Record<number, string>> }[] = [
  { format: "jpeg-ls", marks: { 0: "\xff\xd8\xff\xf7" } },
  { format: "jpeg", marks: { 0: "\xff\xd8\xff" } },
  { format: "jpeg-2000", marks: { 4: "jP  \r\n\x87\n" } },
  { format: "jpeg-2000", marks: { 0: "\xff\x4f\xff\x51" } },
  // Xcode writes it into apps, and nothing but Apple's devices reads it: https://iphonedev.wiki/CgBI_file_format
  { format: "cgbi-png", marks: { 0: "\x89PNG\r\n\x1a\n", 12: "CgBI" } },
  { format: "png", marks: { 0: "\x89PNG\r\n\x1a\n" } },
  { format: "webp", marks: { 0: "RIFF", 8: "WEBP" } },
  { format: "gif", marks: { 0: "GIF8" } },
  { format: "tiff", marks: { 0: "II*\0" } },
  { format: "tiff", marks: { 0: "MM\0*" } },
  { format: "bmp", marks: { 0: "BM", 6: "\0\0\0\0" } },
  { format: "jpeg-xl", marks: { 0: "\xff\x0a" } },
  { format: "jpeg-xl", marks: { 4: "JXL \r\n\x87\n" } },
  // Brands of ISO base media files: https://nokiatech.github.io/heif/technical.html and
  // https://aomediacodec.github.io/av1-avif/
  ...["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1"].map((brand) => ({
    format: "heif",
    marks: { 4: `ftyp${brand}` },
  })),
  { format: "avif", marks: { 4: "ftypavif" } },
  { format: "avif", marks: { 4: "ftypavis" } },
];

/** The format of a picture, by its first bytes alone; undefined for anything that is not a picture. */
export function photoFormat(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return signatures.find(({ marks }) =>
    Object.entries(marks).every(([offset, mark]) => start.startsWith(mark, Number(offset))),
  )?.format;
}

const pngEnd = Buffer.from("\0\0\0\0IEND\xae\x42\x60\x82", "latin1");

/**
 * Whether the file has the end that its format requires. Only PNG is checked: its decoder accepts a file once it has
 * all pixels, while those of JPEG and WebP report an error. Data after the end (a motion photo's video) is ignored.
 */
const hasEnd = (format: string | undefined, bytes: Uint8Array): boolean =>
  format !== "png" || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(pngEnd);

/** The metadata of a file, read without decoding it. */
export interface PhotoHeader {
  readonly format: string;
  readonly variety: PhotoVariety | undefined;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  /** Whether the file has the end that its format asks for. */
  readonly ends: boolean;
  /** More than 8 bits per channel, in a colour space of its own. */
  readonly deepColour: boolean;
  /** The curve that the profile of 16-bit greys names. */
  readonly greyCurve: Buffer | undefined;
}

export async function readHeader(sharp: SharpModule, { bytes, variety }: ReadablePhoto): Promise<PhotoHeader> {
  const {
    format,
    autoOrient,
    pages = 1,
    depth,
    hasProfile,
    icc,
  } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return {
    format,
    variety: variety ?? (pages > 1 ? "animated" : icc && isHdrProfile(icc) ? "hdr" : undefined),
    width: autoOrient.width,
    height: autoOrient.height,
    ends: hasEnd(format, bytes),
    deepColour: depth === "ushort" && hasProfile,
    greyCurve: depth === "ushort" && icc ? profileTags(icc).get("kTRC") : undefined,
  };
}
