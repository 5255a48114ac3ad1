import { availableParallelism } from "node:os";
import { sharpInspector } from "@likeness/sharp";
import sharp from "sharp";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { measureSideBySide } from "./side-by-side.ts";

const goal = 0.9;
const rounds = 15;
/** The search for damage is compiled while the first photos of a process are read, and is slower until then. */
const firstPhotos = 20;
const side = 2048;
const encoder = { quality: 95, chromaSubsampling: "4:4:4" } as const;
/** As sharp encodes by itself, and as Likeness has it encode. */
const floors = { "bare sharp": {}, "bare sharp, standard tables": { optimiseCoding: false } } as const;

/** Inspection against bare sharp, which decodes and scales the same photo in the same way, and encodes it. */
export async function benchPhotoInspection(): Promise<BenchPart> {
  const large = await drawPhoto(4000, 3000);
  const photos = [
    { name: "12 MP JPEG", photo: large },
    { name: "1.2 MP progressive JPEG", photo: await sharp(large).resize(1280).jpeg({ progressive: true }).toBuffer() },
  ];
  const inspector = sharpInspector(sharp);

  const rows: BenchRow[] = [];
  const lines: string[][] = [];
  const bars: { label: string; value: number; text: string }[] = [];
  for (const { name, photo } of photos) {
    const inspect = async () => {
      const inspected = await inspector.inspect(photo);
      if (inspected.isErr()) throw new Error("the drawn photo must pass", { cause: inspected.error });
    };
    for (let count = 0; count < firstPhotos; count++) await inspect();
    for (const [parallel, [floorName, tables]] of [1, 4].flatMap((count) =>
      Object.entries(floors).map((floor) => [count, floor] as const),
    )) {
      const bare = () =>
        sharp(photo)
          .autoOrient()
          .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
          .jpeg({ ...encoder, ...tables })
          .toBuffer();
      const measured = await measureSideBySide({
        ours: inParallel(parallel, inspect),
        floor: inParallel(parallel, bare),
        rounds,
      });
      const line = [name, String(parallel), floorName];
      for (const [kind, { ours, floor, ratio }] of [
        ["time", measured],
        ["processor time", measured.processor],
      ] as const) {
        const [oursEach, floorEach] = [`${(ours / parallel).toFixed(1)} ms`, `${(floor / parallel).toFixed(1)} ms`];
        line.push(floorEach, oursEach, ratio.toFixed(2));
        rows.push({
          name: `photo inspection, ${name}, ${parallel} at a time: ${kind} of each, next to ${floorName}`,
          ours: oursEach,
          floor: floorEach,
          ratio,
          goal: `≥ ${goal}`,
          met: ratio >= goal,
        });
        bars.push({
          label: `${name}, ${parallel} at a time, ${kind}, ${floorName}`,
          value: ratio,
          text: ratio.toFixed(2),
        });
      }
      lines.push(line);
    }
  }
  return {
    rows,
    details: {
      text: `Decoding a photo, scaling it to at most ${side} pixels a side and encoding it, next to inspecting it, which also looks for damage,
hashes, makes the decoded picture small, and measures that one small picture. _Bare sharp_ is what a program would
write without Likeness. Likeness leaves out Huffman tables of its own, unlike it: they take a quarter of the time, the pixels
are the same without them, and the file is 2 % larger for a photo that was scaled, 20 to 27 % for one that was not. _Standard tables_:
bare sharp leaves them out as well, so that both encode the same, and all that Likeness does besides counts. Processor time is that
of all threads, and hardly depends on what else the machine does. Medians of ${rounds}, after ${firstPhotos} photos of each kind; the goal
of each ratio is ${goal}.
sharp had ${sharp.concurrency()} thread for each photo, libuv ${process.env["UV_THREADPOOL_SIZE"] ?? 4} for photos, and there were
${availableParallelism()} processors, so that Likeness decoded ${Math.min(availableParallelism(), 3)} photos at once.`,
      tellsGoals: true,
      header: [
        "photo",
        "at a time",
        "next to",
        "its time",
        "Likeness, time",
        "ratio",
        "its processor",
        "Likeness, processor",
        "ratio",
      ],
      lines,
      chart: {
        title: "Photos inspected, next to bare sharp",
        bars,
        goal: { value: goal, text: `goal: ${goal} of it` },
      },
      figures: { lines },
    },
  };
}

const inParallel = (count: number, work: () => Promise<unknown>) => () =>
  Promise.all(Array.from({ length: count }, work));

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
