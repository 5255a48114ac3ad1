import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import sharp from "sharp";

/** What people send: compressed by Telegram's app, or as a file, as the camera wrote it. */
export const photoKinds = {
  compressed: { width: 960, height: 1280, encoding: { quality: 87, progressive: true } },
  file: { width: 3000, height: 4000, encoding: { quality: 90 } },
} as const;

export type PhotoKind = keyof typeof photoKinds;

/** Different pictures with edges and the noise of a sensor, which the inspector accepts; the same in every run. */
export const drawPhotos = (count: number, kind: PhotoKind): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => draw(index + 1, kind)));

async function draw(seed: number, kind: PhotoKind): Promise<Buffer> {
  const { width, height, encoding } = photoKinds[kind];
  const generator = mersenne(seed);
  const random = (limit: number): number => uniformInt(generator, 0, limit - 1);
  const tiles = Array.from({ length: 40 }, () => {
    const [x, y, side] = [random(900), random(1200), 80 + random(300)];
    return `<rect x="${x - 100}" y="${y - 100}" width="${side}" height="${side}" fill="hsl(${random(360)} 60% ${10 + random(80)}%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 900 1200">${tiles.join("")}</svg>`;
  const noise = { type: "gaussian", mean: 128, sigma: 12 } as const;
  const grain = sharp({ create: { width, height, channels: 3, background: "grey", noise } });
  return sharp(Buffer.from(svg))
    .flatten({ background: "#888" })
    .composite([{ input: await grain.raw().toBuffer(), raw: { width, height, channels: 3 }, blend: "soft-light" }])
    .jpeg(encoding)
    .toBuffer();
}
