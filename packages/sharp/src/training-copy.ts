import type { PhotoHeader } from "./photo-header.ts";
import type { SharpModule } from "./sharp-module.ts";

/** Interleaved 8-bit RGB. */
export interface Picture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Longest sides: of the copy to train with, and of the picture that is measured. */
const copySide = 2048;
const measuredSide = 512;

/**
 * Decodes the whole photo, once: upright, in sRGB, on white, at the size of the copy. Rejects when the photo is cut or
 * damaged. `failOn: "error"` and not `"warning"`, because phones write JPEG files that deserve a warning:
 * https://github.com/lovell/sharp/issues/1578
 */
export async function decode(
  sharp: SharpModule,
  bytes: Uint8Array,
  header: PhotoHeader,
  maximumPixels: number,
): Promise<Picture> {
  const upright = sharp(bytes, { failOn: "error", limitInputPixels: maximumPixels })
    .autoOrient()
    .flatten({ background: "white" })
    .resize({ width: copySide, height: copySide, fit: "inside", withoutEnlargement: true });
  // sharp takes deep colours with a profile to P3 and leaves them there, unlabelled, unless sRGB is asked for by name.
  const inSrgb = header.deepColour ? upright.withIccProfile("srgb", { attach: false }) : upright;
  const { data, info } = await inSrgb.raw().toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}

/** The JPEG to train with. */
export const encode = (sharp: SharpModule, picture: Picture): Promise<Uint8Array> =>
  fromRaw(sharp, picture).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();

/** The same picture, small enough to measure. */
export async function shrink(sharp: SharpModule, picture: Picture): Promise<Picture> {
  const { data, info } = await fromRaw(sharp, picture)
    .resize({ width: measuredSide, height: measuredSide, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}

const fromRaw = (sharp: SharpModule, { rgb, width, height }: Picture) =>
  sharp(rgb, { raw: { width, height, channels: 3 } });
