import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

/** Where Linux keeps files in memory. */
const memory = "/dev/shm";

/** A run needs less than half of it. */
const neededBytes = 4 * 2 ** 30;

/**
 * A new folder in memory, which is deleted when this process ends; undefined where there is no room for one, or where
 * it may not hold programs, as in most containers. To copy a database takes a tenth of the processor time there, and no
 * commit waits for a disk.
 */
export function folderInMemory(): string | undefined {
  if (!hasRoom()) return undefined;
  const folder = mkdtempSync(join(memory, "likeness-tests-"));
  // Root runs PostgreSQL as another user.
  chmodSync(folder, 0o755);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function hasRoom(): boolean {
  try {
    const mount = readFileSync("/proc/self/mounts", "utf8")
      .split("\n")
      .find((line) => line.split(" ")[1] === memory);
    const { bavail, bsize } = statfsSync(memory);
    return mount !== undefined && !/\bnoexec\b/.test(mount) && bavail * bsize >= neededBytes;
  } catch {
    return false;
  }
}
