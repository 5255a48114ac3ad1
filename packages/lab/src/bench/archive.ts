import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { diskBlobs } from "@likeness/blobs/disk";
import { falFake, serveFalFake } from "@likeness/fal/testing";
import type { BenchPart, BenchRow } from "./bench-part.ts";
import { median } from "./side-by-side.ts";

const photos = { count: 20, megabytes: 20 };
const goals = { ratio: 0.9, megabytes: 100 };
const rounds = 7;

interface Packed {
  readonly milliseconds: number;
  /** By how much the memory of the process grew, at its peak. */
  readonly extraMegabytes: number;
}

/** The archive of a training and its upload against the same zip library and fal's own client alone. */
export async function benchArchive(): Promise<BenchPart> {
  const directory = await mkdtemp(join(tmpdir(), "likeness-bench-"));
  const fake = falFake({ key: "fake-id:fake-secret" });
  const fal = await serveFalFake(fake);
  try {
    const keys = await storePhotos(directory);
    const pack = packer(directory, fal.url, keys);
    await pack("ours");
    await pack("floor");
    const packed: { ours: Packed; floor: Packed }[] = [];
    for (let round = 0; round < rounds; round++) {
      // The order alternates, because the disk is busy with the first one's file during the second run.
      const first = round % 2 === 0 ? await pack("ours") : undefined;
      const floor = await pack("floor");
      packed.push({ ours: first ?? (await pack("ours")), floor });
    }
    return { rows: [speedRow(packed), memoryRow(packed)] };
  } finally {
    await fake.close();
    await fal.close();
    await rm(directory, { recursive: true, force: true });
  }
}

const what = `archive of ${photos.count} photos of ${photos.megabytes} MB and its upload`;

function speedRow(packed: readonly { ours: Packed; floor: Packed }[]): BenchRow {
  const ratio = median(packed.map(({ ours, floor }) => floor.milliseconds / ours.milliseconds));
  return {
    name: `${what}, next to yazl and fal's client alone`,
    ours: speed(median(packed.map(({ ours }) => ours.milliseconds))),
    floor: speed(median(packed.map(({ floor }) => floor.milliseconds))),
    ratio,
    goal: `≥ ${goals.ratio}`,
    met: ratio >= goals.ratio,
  };
}

function memoryRow(packed: readonly { ours: Packed; floor: Packed }[]): BenchRow {
  const ours = Math.max(...packed.map((round) => round.ours.extraMegabytes));
  const floor = Math.max(...packed.map((round) => round.floor.extraMegabytes));
  return {
    name: `${what}: extra memory at the peak, next to the same`,
    ours: `${ours.toFixed(0)} MB`,
    floor: `${floor.toFixed(0)} MB`,
    ratio: floor / ours,
    goal: `< ${goals.megabytes} MB`,
    met: ours < goals.megabytes,
  };
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

/** Runs in a separate process, so that only its own memory is measured. */
function packer(directory: string, falUrl: string, keys: readonly string[]) {
  const script = join(import.meta.dirname, "pack.ts");
  return async (contestant: "ours" | "floor"): Promise<Packed> => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, contestant, directory, falUrl, ...keys]);
    return JSON.parse(stdout);
  };
}

const speed = (milliseconds: number): string =>
  `${((photos.count * photos.megabytes * 1000) / milliseconds).toFixed(0)} MB/s`;
