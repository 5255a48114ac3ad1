import type { Sharp } from "sharp";
import { rgbProfile } from "./colour-profile.ts";
import { srgb } from "./colour-spaces.ts";
import type { PhotoHeader } from "./photo-header.ts";
import { pngChunks, pngOf } from "./png-chunks.ts";
import { profileChunk } from "./readable-png.ts";
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
 * Decodes the whole photo, once, and encodes it while it does: in sRGB, on white, and turned upright by `autoOrient`.
 * sharp reads how the photo lies; for some PNG files `readablePng` has put that where sharp looks. Rejects when the photo
 * is cut or damaged. `failOn: "error"` and not `"warning"`, because phones write JPEG files that deserve a warning:
 * https://github.com/lovell/sharp/issues/1578
 */
export async function makeCopy(
  sharp: SharpModule,
  bytes: Uint8Array,
  header: PhotoHeader,
  maximumPixels: number,
): Promise<TrainingCopy> {
  const small = (source: Uint8Array) =>
    sharp(source, { failOn: "error", limitInputPixels: maximumPixels })
      .autoOrient()
      .resize({ width: copySide, height: copySide, fit: "inside", withoutEnlargement: true });
  const source = header.greyCurve ? await inColour(small(bytes), header.greyCurve) : bytes;
  const upright = small(source).flatten({ background: "white" });
  // sharp takes deep colours with a profile to P3 and leaves them there, unlabelled, unless sRGB is asked for by name.
  const inSrgb = header.deepColour ? upright.withIccProfile("srgb", { attach: false }) : upright;
  const { data, info } = await inSrgb
    // Huffman tables of its own would take as long as all else that an encoder does.
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4", optimiseCoding: false })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}

/** sharp does not apply the profile of 16-bit greys: the same picture in colour, with the curve of that profile. */
async function inColour(greys: Sharp, curve: Buffer): Promise<Uint8Array> {
  const png = await greys.toColourspace("rgb16").png({ compressionLevel: 0 }).toBuffer();
  return pngOf(pngChunks(png), [profileChunk(rgbProfile(srgb, curve))]);
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
