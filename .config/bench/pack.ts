/** Packs photos of a blob store once, and perhaps uploads them; prints how long that took and how much memory it added. */
import { createWriteStream, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { diskBlobs } from "@likeness/blobs/disk";
import type { Archive } from "@likeness/core";
import { falTrainer } from "@likeness/fal";
import { ZipFile } from "yazl";
import { writeArchive } from "../../packages/fal/src/archive/write-archive.ts";

const [contestant = "", directory = "", falUrl = "", ...keys] = process.argv.slice(2);
const zipPath = join(directory, "archive.zip");
const photos = keys.map((key, index) => {
  const path = join(directory, key.slice(0, 2), key.slice(2, 4), key);
  return { key, path, file: `photo_${index + 1}.jpg`, bytes: statSync(path).size };
});

const blobs = diskBlobs(directory);
const archive: Archive = {
  name: "bench",
  entries: photos.map(({ key, file, bytes }) => ({ file, bytes, open: () => blobs.get(key) })),
};

async function packOurs(): Promise<void> {
  const handle = await open(zipPath, "wx+");
  const written = await writeArchive(archive, handle);
  await handle.close();
  if (written.isErr()) throw new Error("not packed", { cause: written.error });
}

async function upload(): Promise<void> {
  const hosts = { queue: falUrl, rest: falUrl, api: falUrl };
  const uploaded = await falTrainer({ key: "fake-id:fake-secret", hosts, temporaryDirectory: directory }).upload(
    archive,
  );
  if (uploaded.isErr()) throw new Error("not uploaded", { cause: uploaded.error });
}

async function packBare(): Promise<void> {
  const zip = new ZipFile();
  for (const { path, file } of photos) zip.addFile(path, file, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(zipPath, { flags: "wx" }));
}

const contestants: Readonly<Record<string, () => Promise<void>>> = { ours: packOurs, floor: packBare, upload };

// Sampled: what the operating system keeps as the peak of a process begins with that of the process that started it.
const before = process.memoryUsage.rss();
let peak = before;
const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2);

const start = performance.now();
await contestants[contestant]?.();
const milliseconds = performance.now() - start;
clearInterval(sampling);
console.log(JSON.stringify({ milliseconds, extraMegabytes: (peak - before) / 1_000_000 }));
rmSync(zipPath, { force: true });
