import { setImmediate } from "node:timers/promises";
import { release } from "../release.ts";
import type { SharpModule } from "../sharp-module.ts";
import type { Light } from "./is-black.ts";

/** Pixels that are summed up before other work may go on: two or three milliseconds. */
const pixelsAtOnce = 1_000_000;

/**
 * Decodes the whole picture at its full size: a smaller one would lose its stars. Rejects when it is cut or damaged.
 * Transparent parts are white.
 */
export async function measureLight(sharp: SharpModule, bytes: Uint8Array, maximumPixels: number): Promise<Light> {
  const { data, info } = await sharp(bytes, { failOn: "error", limitInputPixels: maximumPixels })
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const step = pixelsAtOnce * channels;
  let [sum, squares] = [0, 0];
  for (let start = 0; start < data.length; start += step) {
    const part = sumLight(data.subarray(start, start + step), channels);
    sum += part.sum;
    squares += part.squares;
    await setImmediate();
  }
  release(data);
  const mean = sum / (width * height);
  return { mean, deviation: Math.sqrt(Math.max(0, squares / (width * height) - mean * mean)) };
}

/** Luma of ITU-R BT.601, as `greyPicture` has it; a picture in greys has one channel. */
function sumLight(pixels: Uint8Array, channels: number): { readonly sum: number; readonly squares: number } {
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  let [sum, squares] = [0, 0];
  for (let at = 0; at < pixels.length; at += channels) {
    const light = 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + green] ?? 0) + 0.114 * (pixels[at + blue] ?? 0);
    sum += light;
    squares += light * light;
  }
  return { sum, squares };
}
