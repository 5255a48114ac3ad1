/** Packs photos of a blob store and uploads them once; prints how long that took and how much memory it added. */
import { createWriteStream, openAsBlob, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createFalClient } from "@fal-ai/client";
import { diskBlobs } from "@likeness/blobs/disk";
import type { Archive } from "@likeness/core";
import { falProvider } from "@likeness/fal";
import { aTraining } from "@likeness/testing";
import { ZipFile } from "yazl";

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

const key = "fake-id:fake-secret";
const training = aTraining("requested");

async function ours(): Promise<void> {
  const hosts = { queue: falUrl, rest: falUrl, api: falUrl };
  const uploaded = await falProvider({ key, hosts, temporaryDirectory: directory }).prepare(training, archive);
  if (uploaded.isErr()) throw new Error("not uploaded", { cause: uploaded.error });
}

/** The baseline: the same zip library and fal's own client, directed to the fake. */
async function floor(): Promise<void> {
  const zip = new ZipFile();
  for (const { path, file } of photos) zip.addFile(path, file, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(zipPath, { flags: "wx" }));
  const client = createFalClient({
    credentials: key,
    suppressLocalCredentialsWarning: true,
    fetch: (input, init) => {
      const { origin, pathname, search } = new URL(input instanceof Request ? input.url : input);
      return fetch(origin === "https://rest.fal.ai" ? falUrl + pathname + search : input, init);
    },
  });
  await client.storage.upload(new File([await openAsBlob(zipPath)], "bench.zip", { type: "application/zip" }));
}

const contestants: Readonly<Record<string, () => Promise<void>>> = { ours, floor };

// Sampled, because the peak that the operating system reports includes that of the parent process.
const before = process.memoryUsage.rss();
let peak = before;
const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2);

const start = performance.now();
await contestants[contestant]?.();
const milliseconds = performance.now() - start;
clearInterval(sampling);
console.log(JSON.stringify({ milliseconds, extraMegabytes: (peak - before) / 1_000_000 }));
rmSync(zipPath, { force: true });
