import { hasEnd } from "./photo-format.ts";
import type { SharpModule } from "./sharp-module.ts";

/** What a file says about itself; nothing is decoded for it. */
export interface PhotoHeader {
  readonly format: string;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Whether the file has the end that its format asks for. */
  readonly ends: boolean;
  /** More than 8 bits per channel, in a colour space of its own. */
  readonly deepColour: boolean;
}

export async function readHeader(sharp: SharpModule, bytes: Uint8Array): Promise<PhotoHeader> {
  const {
    format,
    autoOrient,
    pages = 1,
    depth,
    hasProfile,
  } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return {
    format,
    width: autoOrient.width,
    height: autoOrient.height,
    frames: pages,
    ends: hasEnd(format, bytes),
    deepColour: depth === "ushort" && hasProfile,
  };
}
