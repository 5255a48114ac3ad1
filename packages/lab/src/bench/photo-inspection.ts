import { sharpInspector } from "@likeness/sharp";
import sharp from "sharp";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { measureSideBySide } from "./side-by-side.ts";

const goal = 0.8;

/** Inspection against bare sharp, which decodes, scales and encodes the same photo in the same way. */
export async function benchPhotoInspection(): Promise<BenchPart> {
  const photo = await drawPhoto(4000, 3000);
  const inspector = sharpInspector(sharp);

  const inspect = async () => {
    const inspected = await inspector.inspect(photo);
    if (inspected.isErr()) throw new Error("the drawn photo must pass", { cause: inspected.error });
  };
  const bareSharp = () =>
    sharp(photo)
      .autoOrient()
      .resize({ width: 2048, height: 2048, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
      .toBuffer();

  const rows: BenchRow[] = [];
  for (const parallel of [1, 4]) {
    const { ours, floor, ratio } = await measureSideBySide({
      ours: inParallel(parallel, inspect),
      floor: inParallel(parallel, bareSharp),
    });
    rows.push({
      name: `photo inspection, 12 MP JPEG, ${parallel} at a time`,
      ours: photosPerSecond(parallel, ours),
      floor: photosPerSecond(parallel, floor),
      ratio,
      goal: `≥ ${goal}`,
      met: ratio >= goal,
    });
  }
  return { rows };
}

const inParallel = (count: number, work: () => Promise<unknown>) => () =>
  Promise.all(Array.from({ length: count }, work));

const photosPerSecond = (photos: number, milliseconds: number): string =>
  `${((1000 * photos) / milliseconds).toFixed(1)} photos/s`;

/** Soft light, shapes with edges and the noise of a sensor, as a phone would save it. */
async function drawPhoto(width: number, height: number): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 400 300">
    <linearGradient id="light" x2="1" y2="1"><stop stop-color="#e8d5b0"/><stop offset="1" stop-color="#31506b"/></linearGradient>
    <rect width="400" height="300" fill="url(#light)"/>
    ${Array.from({ length: 300 }, (_, index) => leaf(index)).join("")}
  </svg>`;
  const noise = { type: "gaussian", mean: 128, sigma: 12 } as const;
  const grain = sharp({ create: { width, height, channels: 3, background: "grey", noise } });
  return sharp(Buffer.from(drawing))
    .composite([{ input: await grain.png({ compressionLevel: 1 }).toBuffer(), blend: "soft-light" }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Places shapes by the golden angle, so that every run draws the same picture. */
function leaf(index: number): string {
  const x = (index * 137.508) % 400;
  const y = (index * 61.803) % 300;
  const hue = (index * 47) % 360;
  return `<ellipse cx="${x}" cy="${y}" rx="14" ry="5" transform="rotate(${index * 31} ${x} ${y})" fill="hsl(${hue} 45% 45%)"/>`;
}
