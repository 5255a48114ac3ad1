import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "./blob-path.ts";
import { expectFolders } from "./plain-files.ts";
import { isWriterAlive } from "./temporary-name.ts";

/** A living process writes at least once in this time. If not, its `put` fails and can be repeated. */
const longestSilence = 3_600_000;

/**
 * Deletes the temporary files of dead processes: at once if the process is certainly dead, otherwise when the file was
 * not written for an hour. Best effort: a file that cannot be deleted now does no harm.
 */
export async function sweepTemporary(root: string): Promise<void> {
  const temporary = temporaryDirectory(root);
  const names = await expectFolders(root, temporary)
    .then(() => readdir(temporary))
    .catch(() => []);
  await Promise.allSettled(names.map((name) => removeIfLeft(join(temporary, name), name)));
}

async function removeIfLeft(path: string, name: string): Promise<void> {
  const alive = await isWriterAlive(name);
  if (alive ?? Date.now() - (await lstat(path)).mtimeMs <= longestSilence) return;
  await rm(path);
}
