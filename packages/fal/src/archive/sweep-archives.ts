import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { archiveFolder, isInUse } from "./archive-file.ts";

/** Older files are deleted even if a process with their id exists: no upload takes so long, and ids are reused. */
const longestUseSeconds = 86_400;

/** The names of version 0.1, which hold no process id; each attempt wrote such a file again. */
const longestUnknownUseSeconds = 3_600;

/**
 * Deletes the archives of processes that died, and none of a living one. Best effort: what cannot be deleted now is
 * tried again at the next start.
 */
export async function sweepArchives(directory: string): Promise<void> {
  const folder = archiveFolder(directory);
  const names = await readdir(folder).catch(() => []);
  const zips = names.filter((name) => name.endsWith(".zip"));
  await Promise.allSettled(zips.map((name) => removeUnused(join(folder, name), isInUse(name))));
}

async function removeUnused(path: string, inUse: boolean | undefined): Promise<void> {
  const untouchedSeconds = (Date.now() - (await stat(path)).mtimeMs) / 1000;
  const longest = inUse === undefined ? longestUnknownUseSeconds : longestUseSeconds;
  if (inUse === false || untouchedSeconds > longest) await rm(path, { force: true });
}
