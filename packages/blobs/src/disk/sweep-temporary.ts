import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "./blob-path.ts";
import { expectFolders } from "./plain-files.ts";

const dayInMilliseconds = 86_400_000;

/** Removes what nobody has written to for a day. Best effort: what cannot be removed now is in nobody's way. */
export async function sweepTemporary(root: string): Promise<void> {
  const temporary = temporaryDirectory(root);
  const names = await expectFolders(root, temporary)
    .then(() => readdir(temporary))
    .catch(() => []);
  await Promise.allSettled(names.map((name) => removeIfStale(join(temporary, name))));
}

async function removeIfStale(path: string): Promise<void> {
  const { mtimeMs } = await lstat(path);
  if (Date.now() - mtimeMs > dayInMilliseconds) await rm(path);
}
