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

/** Longest sides: of the copy to train with, and of the picture that is measured. */
const copySide = 2048;
const measuredSide = 512;

/**
 * Decodes the whole photo, once: in sRGB, on white, turned upright by `autoOrient`, and no larger than the copy. sharp
 * reads how the photo lies; for some PNG files `readablePng` has put that where sharp looks. Rejects when the photo is
 * cut or damaged. `failOn: "error"` and not `"warning"`, because phones write JPEG files that deserve a warning:
 * https://github.com/lovell/sharp/issues/1578
 */
export async function decode(
  sharp: SharpModule,
  bytes: Uint8Array,
  header: PhotoHeader,
  maximumPixels: number,
): Promise<Picture> {
  const small = (source: Uint8Array) =>
    sharp(source, { failOn: "error", limitInputPixels: maximumPixels })
      .autoOrient()
      .resize({ width: copySide, height: copySide, fit: "inside", withoutEnlargement: true });
  const source = header.greyCurve ? await inColour(small(bytes), header.greyCurve) : bytes;
  const upright = small(source).flatten({ background: "white" });
  // sharp takes deep colours with a profile to P3 and leaves them there, unlabelled, unless sRGB is asked for by name.
  return pixelsOf(header.deepColour ? upright.withIccProfile("srgb", { attach: false }) : upright);
}

/** sharp does not apply the profile of 16-bit greys: the same picture in colour, with the curve of that profile. */
async function inColour(greys: Sharp, curve: Buffer): Promise<Uint8Array> {
  const png = await greys.toColourspace("rgb16").png({ compressionLevel: 0 }).toBuffer();
  return pngOf(pngChunks(png), [profileChunk(rgbProfile(srgb, curve))]);
}

async function pixelsOf(image: Sharp): Promise<Picture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height };
}

const opened = (sharp: SharpModule, { rgb, width, height }: Picture): Sharp =>
  sharp(rgb, { raw: { width, height, channels: 3 } });

/** The JPEG to train with. */
export const trainingCopy = (sharp: SharpModule, picture: Picture): Promise<Uint8Array> =>
  opened(sharp, picture)
    // Huffman tables of its own would take as long as all else that an encoder does.
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4", optimiseCoding: false })
    .toBuffer();

/** The picture, small enough to measure. Of its pixels, because decoding the copy again takes two to four times as long. */
export const shrink = (sharp: SharpModule, picture: Picture): Promise<Picture> =>
  pixelsOf(
    opened(sharp, picture).resize({
      width: measuredSide,
      height: measuredSide,
      fit: "inside",
      withoutEnlargement: true,
    }),
  );
