import { availableParallelism } from "node:os";
import { sharpInspector } from "@likeness/sharp";
import sharp from "sharp";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { measureSideBySide, median } from "./side-by-side.ts";

const goal = 0.9;
const rounds = 15;
const side = 2048;
const encoder = { quality: 95, chromaSubsampling: "4:4:4" } as const;

/** Inspection against bare sharp, which decodes and scales the same photo in the same way, and encodes it as it does by itself. */
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
    const bare = (more: object) => () =>
      sharp(photo)
        .autoOrient()
        .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
        .jpeg({ ...encoder, ...more })
        .toBuffer();
    const floors = { "bare sharp": bare({}), "bare sharp, encoder as ours": bare({ optimiseCoding: false }) };

    const speeds: Record<string, string[]> = {};
    for (const parallel of [1, 4]) {
      for (const [who, floorWork] of Object.entries(floors)) {
        const { ours, floor, ratio } = await measureSideBySide({
          ours: inParallel(parallel, inspect),
          floor: inParallel(parallel, floorWork),
          rounds,
        });
        const [oursText, floorText] = [ours, floor].map((time) => photosPerSecond(parallel, time));
        (speeds[who] ??= []).push(`${floorText} (${ratio.toFixed(2)})`);
        if (who !== "bare sharp") continue;
        (speeds["Likeness"] ??= []).push(oursText ?? "");
        rows.push({
          name: `photo inspection, ${name}, ${parallel} at a time`,
          ours: oursText ?? "",
          floor: floorText ?? "",
          ratio,
          goal: `≥ ${goal}`,
          met: ratio >= goal,
        });
      }
    }
    for (const [who, work] of Object.entries({ ...floors, Likeness: inspect })) {
      const milliseconds = await processorTime(work);
      lines.push([name, who, `${milliseconds.toFixed(1)} ms`, ...(speeds[who] ?? [])]);
      bars.push({ label: `${who}, ${name}`, value: milliseconds, text: `${milliseconds.toFixed(0)} ms` });
    }
  }
  return {
    rows,
    details: {
      title: "Photos",
      text: `Decoding a photo, scaling it to at most ${side} pixels a side and encoding it, next to inspecting it, which also looks for damage,
hashes, makes the decoded picture small, and measures that one small picture. _Bare sharp_ is what a program would
write without Likeness; the other one also leaves out Huffman tables of its own, as Likeness does: they take a quarter of the time, the pixels
are the same without them, and the file is 2 % larger for a photo that was scaled, 20 to 27 % for one that was not. In brackets the
throughput of Likeness divided by this one's. Processor time of one photo at a time is that of all threads, and hardly depends on what else the
machine does. sharp had ${sharp.concurrency()} thread for each photo, libuv ${process.env["UV_THREADPOOL_SIZE"] ?? 4} for photos, and there were
${availableParallelism()} processors.`,
      header: ["photo", "who", "processor time", "1 at a time", "4 at a time"],
      lines,
      chart: {
        title: "Processor time of a photo",
        bars,
        goal: { value: (bars[0]?.value ?? 0) / goal, text: "goal of the 12 MP JPEG" },
      },
      figures: { lines },
    },
  };
}

const inParallel = (count: number, work: () => Promise<unknown>) => () =>
  Promise.all(Array.from({ length: count }, work));

const photosPerSecond = (photos: number, milliseconds: number): string =>
  `${((1000 * photos) / milliseconds).toFixed(1)} photos/s`;

/** Milliseconds of all threads, for one run. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}

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
