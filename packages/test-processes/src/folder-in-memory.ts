import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";

export interface FolderInMemoryOptions {
  /** Where files are in memory. Default: where Linux has them. */
  readonly memory?: string;
  /** The system's list of mounted file systems. */
  readonly mounts?: string;
  /** Default: what is free on this machine and, if that is less, in the container that it is. */
  readonly freeBytes?: number;
  /** Default: more than twice what a run needs. */
  readonly neededBytes?: number;
}

const prefix = "likeness-tests-";

/**
 * A new folder in memory, which is deleted when this process ends; undefined where there is no room for one, or where
 * it may not hold programs, as in most containers. To copy a database takes a tenth of the processor time there, and no
 * commit waits for a disk. Also deletes the folders of processes that were killed.
 */
export function folderInMemory({
  memory = "/dev/shm",
  mounts = "/proc/self/mounts",
  freeBytes = Math.min(freemem(), process.availableMemory()),
  neededBytes = 4 * 2 ** 30,
}: FolderInMemoryOptions = {}): string | undefined {
  if (!mayHoldPrograms(memory, mounts)) return undefined;
  deleteLeftFolders(memory);
  const { bavail, bsize } = statfsSync(memory);
  // The limit of the file system says nothing about the memory that is free.
  if (Math.min(bavail * bsize, freeBytes) < neededBytes) return undefined;
  const folder = mkdtempSync(join(memory, `${prefix}${process.pid}-`));
  // Root runs PostgreSQL as another user.
  chmodSync(folder, 0o755);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function mayHoldPrograms(memory: string, mounts: string): boolean {
  try {
    const lines = readFileSync(mounts, "utf8").split("\n");
    const mount = lines.find((line) => line.split(" ")[1] === memory);
    return mount !== undefined && !/\bnoexec\b/.test(mount);
  } catch {
    return false;
  }
}

/** A process that was killed, or whose terminal was closed, could not delete its own: they take memory until the next boot. */
function deleteLeftFolders(memory: string): void {
  for (const name of readdirSync(memory)) {
    const [, pid] = /^likeness-tests-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && hasEnded(Number(pid))) deleteLeft(join(memory, name));
  }
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Another user's process may not be signalled, but it is alive.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** Another user's folder stays, and one that another run is just deleting is no reason to fail. */
function deleteLeft(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    return;
  }
}
