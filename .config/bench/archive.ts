import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskBlobs } from "@likeness/blobs/disk";
import { median, type BenchRow } from "./side-by-side.ts";

const photos = { count: 20, megabytes: 20 };
const goals = { ratio: 0.9, megabytes: 100 };
const rounds = 7;

interface Packed {
  readonly milliseconds: number;
  /** How much more memory the process took at its peak than before it began. */
  readonly extraMegabytes: number;
}

/** The archive of a training against a bare copy of the same files through the same zip library. */
export async function benchArchive(): Promise<BenchRow[]> {
  const directory = await mkdtemp(join(tmpdir(), "likeness-bench-"));
  try {
    const keys = await storePhotos(directory);
    pack("ours", directory, keys);
    const packed = Array.from({ length: rounds }, (_, round) => {
      // Whoever runs second finds the disk busy with the first one's file: take turns.
      const first = round % 2 === 0 ? pack("ours", directory, keys) : undefined;
      const floor = pack("floor", directory, keys);
      return { ours: first ?? pack("ours", directory, keys), floor };
    });
    const ratio = median(packed.map(({ ours, floor }) => floor.milliseconds / ours.milliseconds));
    const peak = Math.max(...packed.map(({ ours }) => ours.extraMegabytes));
    const floorPeak = Math.max(...packed.map(({ floor }) => floor.extraMegabytes));
    const what = `archive of ${photos.count} photos of ${photos.megabytes} MB`;
    return [
      {
        name: `${what}, next to yazl alone`,
        ours: speed(median(packed.map(({ ours }) => ours.milliseconds))),
        floor: speed(median(packed.map(({ floor }) => floor.milliseconds))),
        ratio,
        goal: `≥ ${goals.ratio}`,
        met: ratio >= goals.ratio,
      },
      {
        name: `${what}: extra memory at the peak`,
        ours: `${peak.toFixed(0)} MB`,
        floor: `${floorPeak.toFixed(0)} MB`,
        ratio: Number.NaN,
        goal: `< ${goals.megabytes} MB`,
        met: peak < goals.megabytes,
      },
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function storePhotos(directory: string): Promise<string[]> {
  const blobs = diskBlobs(directory);
  const keys: string[] = [];
  for (let index = 0; index < photos.count; index++) {
    const stored = await blobs.put(randomBytes(photos.megabytes * 1_000_000));
    if (stored.isErr()) throw new Error("no room for the photos", { cause: stored.error });
    keys.push(stored.value);
  }
  return keys;
}

/** In a process of its own, whose memory is nobody else's. */
function pack(contestant: "ours" | "floor", directory: string, keys: readonly string[]): Packed {
  const script = join(import.meta.dirname, "pack.ts");
  return JSON.parse(execFileSync(process.execPath, [script, contestant, directory, ...keys], { encoding: "utf8" }));
}

const speed = (milliseconds: number): string =>
  `${((photos.count * photos.megabytes * 1000) / milliseconds).toFixed(0)} MB/s`;
