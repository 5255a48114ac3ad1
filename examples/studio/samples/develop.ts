import sharp, { type Sharp } from "sharp";
import { randomNumbers } from "./random-numbers.ts";

const quality = 88;
const grainSide = 256;

/** Turns a drawing into a photo, with the noise of a sensor. */
export async function develop(svg: string, seed: number): Promise<Sharp> {
  const { between } = randomNumbers(seed);
  const grain = Buffer.from(Uint8Array.from({ length: grainSide ** 2 }, () => 128 + between(-20, 20)));
  const raw = { width: grainSide, height: grainSide, channels: 1 } as const;
  const developed = await sharp(Buffer.from(svg))
    .flatten()
    .composite([{ input: grain, raw, tile: true, blend: "soft-light" }])
    .jpeg({ quality })
    .toBuffer();
  return sharp(developed);
}

export const asJpeg = (photo: Sharp): Promise<Buffer> => photo.jpeg({ quality }).toBuffer();
