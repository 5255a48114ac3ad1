import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@likeness/blobs/disk";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import sharp from "sharp";

/** Of the drawing; its picture has fewer pixels, because they are drawn and inspected in half the time. */
const width = 1200;
const height = 1500;
const scale = 2 / 3;

/** Draws invented portraits: good ones, and one for each reason to reject. Returns the folder. */
export async function drawSamples(folder: string): Promise<string> {
  await makeFolder(folder);
  const good = await Promise.all(Array.from({ length: 12 }, (_, index) => portrait(index)));
  const [first] = good;
  if (!first) throw new Error("no sample was drawn");
  const samples: Record<string, Buffer> = {
    ...Object.fromEntries(good.map((bytes, index) => [`${String(index + 1).padStart(2, "0")}-portrait.jpg`, bytes])),
    "13-same-again.jpg": first,
    "14-same-but-smaller.jpg": await sharp(first).resize(600).jpeg({ quality: 70 }).toBuffer(),
    "15-out-of-focus.jpg": await sharp(await portrait(20))
      .blur(25)
      .jpeg()
      .toBuffer(),
    "16-lights-off.jpg": await sharp(await portrait(21))
      .linear(0.08)
      .jpeg()
      .toBuffer(),
    "17-thumbnail.jpg": await sharp(await portrait(22))
      .resize(320)
      .jpeg()
      .toBuffer(),
    "18-half-sent.jpg": (await portrait(23)).subarray(0, 20_000),
    "19-not-a-photo.jpg": Buffer.from("Dear diary, today I wanted to become an avatar.\n"),
  };
  for (const [name, bytes] of Object.entries(samples)) await writeFile(join(folder, name), bytes);
  return folder;
}

/** A face before a wall with pictures; the same number always gives the same picture. */
export function portrait(seed: number): Promise<Buffer> {
  const random = numbers(seed);
  const hue = random(0, 360);
  const [x, y, size] = [random(380, 820), random(560, 900), random(230, 330)];
  const frames = Array.from({ length: 14 }, () => {
    const [left, top, side] = [random(0, width), random(0, height), random(60, 320)];
    const fill = `hsl(${random(0, 360)} 60% ${random(15, 85)}%)`;
    return `<rect x="${left}" y="${top}" width="${side}" height="${side * 0.7}" fill="${fill}" stroke="#222" stroke-width="6"/>`;
  });
  const eye = (side: number) =>
    `<circle cx="${x + side * size * 0.36}" cy="${y - size * 0.15}" r="${size * 0.11}" fill="#fff"/>
     <circle cx="${x + side * size * 0.36}" cy="${y - size * 0.15}" r="${size * 0.05}" fill="#124"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}">
    <defs><linearGradient id="wall" x1="${random(0, 1)}" y1="0" x2="${random(0, 1)}" y2="1">
      <stop offset="0" stop-color="hsl(${hue} 45% ${random(45, 80)}%)"/>
      <stop offset="1" stop-color="hsl(${hue + 90} 45% ${random(15, 45)}%)"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#wall)"/>${frames.join("")}
    <ellipse cx="${x}" cy="${y + size * 2.2}" rx="${size * 1.5}" ry="${size * 1.2}" fill="hsl(${hue + 180} 50% 40%)"/>
    <ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 1.25}" fill="hsl(${random(15, 35)} 50% ${random(45, 75)}%)"/>
    <path d="M ${x - size} ${y - size * 0.3} A ${size} ${size * 1.1} 0 0 1 ${x + size} ${y - size * 0.3} L ${x} ${y - size * 0.8} Z" fill="hsl(${random(0, 50)} 60% 20%)"/>
    ${eye(-1)}${eye(1)}
    <path d="M ${x - size * 0.4} ${y + size * 0.5} Q ${x} ${y + size * random(0.5, 1)} ${x + size * 0.4} ${y + size * 0.5}" fill="none" stroke="#722" stroke-width="14"/>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toBuffer();
}

/** Reproducible pseudo-random numbers, so that the samples are the same on every machine. */
function numbers(seed: number): (minimum: number, maximum: number) => number {
  const generator = mersenne(seed);
  return (minimum, maximum) => minimum + uniformFloat64(generator) * (maximum - minimum);
}
