import { isHdrProfile, profileTags } from "./icc-profile.ts";
import { hasEnd } from "./photo-format.ts";
import type { PhotoVariety, ReadablePhoto } from "./photo-variety.ts";
import type { SharpModule } from "./sharp-module.ts";

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
