import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "./blob-path.ts";
import { expectFolders } from "./plain-files.ts";
import { isWriterAlive } from "./temporary-name.ts";

/** Whoever is alive has written something in this time. If not, its `put` fails and can be repeated. */
const longestSilence = 3_600_000;

/**
 * Removes what processes that died were writing: at once where that is certain, otherwise when nobody has written to it for
 * an hour. Best effort: what cannot be removed now is in nobody's way.
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
