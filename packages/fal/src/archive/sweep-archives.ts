import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { archiveFolder, isInUse } from "./archive-file.ts";

/** No upload takes so long: a process with the number of one that died is not taken for it for ever. */
const longestUseSeconds = 86_400;

/** Until version 0.1 a name did not tell the process; such a file was written anew by each try. */
const longestUnknownUseSeconds = 3_600;

/**
 * Removes archives that processes which died have left behind, and none that a living one uses. Best effort: what cannot
 * be removed now is tried again at the next start.
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
