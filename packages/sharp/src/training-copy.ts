import type { PhotoHeader } from "./photo-header.ts";
import type { SharpModule } from "./sharp-module.ts";

/** Interleaved 8-bit RGB. */
export interface Picture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The JPEG to train with. */
export interface TrainingCopy {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Longest sides: of the copy to train with, and of the picture that is measured. */
const copySide = 2048;
const measuredSide = 512;

/**
 * Decodes the whole photo, once, and encodes it while it does: upright, in sRGB, on white. Rejects when the photo is cut
 * or damaged. `failOn: "error"` and not `"warning"`, because phones write JPEG files that deserve a warning:
 * https://github.com/lovell/sharp/issues/1578
 */
export async function makeCopy(
  sharp: SharpModule,
  bytes: Uint8Array,
  header: PhotoHeader,
  maximumPixels: number,
): Promise<TrainingCopy> {
  const upright = sharp(bytes, { failOn: "error", limitInputPixels: maximumPixels })
    .autoOrient()
    .flatten({ background: "white" })
    .resize({ width: copySide, height: copySide, fit: "inside", withoutEnlargement: true });
  // sharp takes deep colours with a profile to P3 and leaves them there, unlabelled, unless sRGB is asked for by name.
  const inSrgb = header.deepColour ? upright.withIccProfile("srgb", { attach: false }) : upright;
  const { data, info } = await inSrgb
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}

/**
 * The copy, small enough to measure. Measured on the copy and not beside it, because a JPEG can be decoded at a fraction
 * of its size, which costs less than keeping the pixels.
 */
export async function shrink(sharp: SharpModule, { jpeg }: TrainingCopy): Promise<Picture> {
  const { data, info } = await sharp(jpeg)
    .resize({
      width: measuredSide,
      height: measuredSide,
      fit: "inside",
      withoutEnlargement: true,
    })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}
