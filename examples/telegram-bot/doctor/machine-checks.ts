import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { found, type Check, type Found } from "@likeness/core";
import type { Settings } from "../settings/settings.ts";

const mebibyte = 1_048_576;

/** Megabytes: a model takes 90, a training's archive as much again while it is uploaded. */
const disk = { low: 2_048, least: 256 };

/** Megabytes: what the largest photo needs when it is read. */
const memory = { low: 256, least: 64 };

export interface Machine {
  /** In bytes, of the file system on which a folder is. */
  freeSpace(folder: string): Promise<number>;
  /** In bytes, for this process. */
  freeMemory(): number;
}

const thisMachine: Machine = {
  freeSpace: async (folder) => {
    const { bavail, bsize } = await statfs(existing(folder));
    return bavail * bsize;
  },
  freeMemory: () => process.availableMemory(),
};

/** The folder, or the nearest one above it that is there. */
const existing = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));

/** Whether disk and memory suffice. */
export function machineChecks(
  { database, blobs }: Pick<Settings, "database" | "blobs">,
  machine: Machine = thisMachine,
): readonly Check[] {
  const folders = new Set([
    ...(database.type === "sqlite" ? [dirname(database.file)] : []),
    ...(blobs.type === "disk" ? [blobs.folder] : []),
  ]);
  return [
    {
      name: "disk",
      cheap: true,
      look: async () => {
        if (folders.size === 0) return [found.ok("nothing is kept on this machine")];
        const free = await Promise.all([...folders].map((folder) => machine.freeSpace(folder)));
        return [judge("disk", Math.min(...free), disk, "delete what is not needed, or enlarge the disk")];
      },
    },
    {
      name: "memory",
      cheap: true,
      look: async () => [
        judge("memory", machine.freeMemory(), memory, "give the machine or the container more memory"),
      ],
    },
  ];
}

function judge(
  of: "disk" | "memory",
  bytes: number,
  { low, least }: { readonly low: number; readonly least: number },
  whatToDo: string,
): Found {
  const megabytes = Math.floor(bytes / mebibyte);
  const said = `${megabytes} MiB of ${of} are free`;
  if (megabytes < least) return found.broken(said, whatToDo);
  return megabytes < low ? found.warning(said, whatToDo) : found.ok(said);
}
