import sharp, { type Sharp } from "sharp";
import { randomNumbers } from "./random-numbers.ts";
import { height, width } from "./scenes.ts";

const quality = 88;

/** Makes a photo of a drawing: with grain, as a sensor has it. */
export async function develop(svg: string, seed: number): Promise<Sharp> {
  const { between } = randomNumbers(seed);
  const grain = Buffer.alloc(width * height);
  for (let at = 0; at < grain.length; at++) grain[at] = 128 + between(-20, 20);
  const raw = { width, height, channels: 1 } as const;
  const developed = await sharp(Buffer.from(svg))
    .flatten()
    .composite([{ input: grain, raw, blend: "soft-light" }])
    .jpeg({ quality })
    .toBuffer();
  return sharp(developed);
}

export const asJpeg = (photo: Sharp): Promise<Buffer> => photo.jpeg({ quality }).toBuffer();
