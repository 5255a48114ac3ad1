import { deflateSync } from "node:zlib";
import { greyProfile, rgbProfile, sampledCurve, type ColourSpace } from "./colour-profile.ts";
import { srgb } from "./colour-spaces.ts";
import { pngChunk, pngChunks, pngOf, type PngChunk } from "./png-chunks.ts";
import { pngColours } from "./png-colours.ts";
import { exifOrientation, exifWithOrientation, pngOrientation } from "./png-orientation.ts";
import type { ReadablePhoto } from "./photo-variety.ts";

/**
 * sharp reads neither the colours of a PNG, unless a profile names them, nor Exif data behind the pixels. What it would
 * miss is put where it looks: in a profile, and in Exif data in front.
 */
export function readablePng(png: Uint8Array): ReadablePhoto {
  const chunks = pngChunks(png);
  const colours = pngColours(chunks);
  if (isAnimated(chunks)) return { bytes: png, variety: "animated" };
  if (colours === "hdr") return { bytes: png, variety: "hdr" };

  const orientation = missedOrientation(chunks);
  if (!colours && !orientation) return { bytes: png };
  const replaced = [...(colours ? colourChunks : []), ...(orientation ? ["eXIf"] : [])];
  const inFront = [
    ...(colours && colours !== srgb ? [profileChunk(profileOf(colours, chunks))] : []),
    ...(orientation ? [pngChunk("eXIf", exifWithOrientation(orientation))] : []),
  ];
  const kept = chunks.filter(({ type }) => !replaced.includes(type));
  return { bytes: pngOf(kept, inFront) };
}

const beforePixels = (chunks: readonly PngChunk[]): readonly PngChunk[] =>
  chunks.slice(
    0,
    chunks.findIndex(({ type }) => type === "IDAT"),
  );

/**
 * More than one frame, or one that is not the picture in front. What says so behind the pixels says nothing:
 * https://www.w3.org/TR/png-3/#acTL-chunk
 */
function isAnimated(chunks: readonly PngChunk[]): boolean {
  const before = beforePixels(chunks);
  const control = before.find(({ type, data }) => type === "acTL" && data.length === 8);
  const frames = control?.data.readUInt32BE(0) ?? 0;
  return frames > 1 || (frames === 1 && !before.some(({ type }) => type === "fcTL"));
}

/** The orientation that the file asks for, unless it is where sharp finds it. */
function missedOrientation(chunks: readonly PngChunk[]): number | undefined {
  const asked = pngOrientation(chunks);
  const read = beforePixels(chunks).find(({ type }) => type === "eXIf");
  return read && exifOrientation(read.data) === asked ? undefined : asked;
}

const colourChunks: readonly string[] = ["cICP", "iCCP", "sRGB", "gAMA", "cHRM"];

export const profileChunk = (profile: Buffer): Buffer =>
  pngChunk("iCCP", Buffer.concat([Buffer.from("colours\0\0", "latin1"), deflateSync(profile)]));

/** Types of colour, with and without transparency. https://www.w3.org/TR/png-3/#table111 */
const greyTypes: readonly (number | undefined)[] = [0, 4];

function profileOf(colours: ColourSpace, [header]: readonly PngChunk[]): Buffer {
  const curve = sampledCurve(colours.light);
  return greyTypes.includes(header?.data[9]) ? greyProfile(curve) : rgbProfile(colours, curve);
}
