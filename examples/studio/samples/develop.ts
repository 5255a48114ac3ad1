import sharp, { type Sharp } from "sharp";
import { randomNumbers } from "./random-numbers.ts";

const quality = 88;
const grainSide = 256;

/** Turns a drawing into a photo, with the noise of a sensor. */
export async function develop(svg: string, seed: number): Promise<Sharp> {
  const drawn = sharp(Buffer.from(svg)).flatten().raw();
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  addGrain(data, width, channels, seed);
  return sharp(data, { raw: { width, height, channels } });
}

/** Most in the midtones, none in black and white. Done here, because libvips takes three times as long to blend it in. */
function addGrain(pixels: Buffer, width: number, channels: number, seed: number): void {
  const { between } = randomNumbers(seed);
  const grain = Float64Array.from({ length: grainSide ** 2 }, () => between(-20, 20) / 127.5 / 255);
  for (let first = 0, pixel = 0; first < pixels.length; first += channels, pixel++) {
    const [x, y] = [(pixel % width) % grainSide, Math.trunc(pixel / width) % grainSide];
    const strength = grain[y * grainSide + x] ?? 0;
    for (let at = first; at < first + channels; at++) {
      const value = pixels[at] ?? 0;
      pixels[at] = value + strength * value * (255 - value) + 0.5;
    }
  }
}

export const asJpeg = (photo: Sharp): Promise<Buffer> => photo.jpeg({ quality }).toBuffer();
