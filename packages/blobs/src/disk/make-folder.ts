import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder for its owner alone, and the folders above it that are missing. Resolves to the first one that it made, or
 * to nothing where all were there. Node's `recursive` tries for ever, out of reach of any signal, where a file system
 * makes no folders and calls that a missing parent, as `/proc` does; this tries each once.
 *
 * @throws What the file system said, with its `code`.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  const refusal = await refusalOf(folder);
  if (refusal?.code !== "ENOENT" || dirname(folder) === folder) return settle(folder, refusal);
  const first = await makeFolder(dirname(folder));
  const made = await settle(folder, await refusalOf(folder));
  return first ?? made;
}

const refusalOf = (folder: string): Promise<NodeJS.ErrnoException | undefined> =>
  mkdir(folder, { mode: 0o700 }).then(
    () => undefined,
    (refusal: NodeJS.ErrnoException) => refusal,
  );

/** Whatever was said of a folder that is there counts for nothing: `/` may be busy, or of a disk that is only read. */
async function settle(folder: string, refusal: NodeJS.ErrnoException | undefined): Promise<string | undefined> {
  if (!refusal) return folder;
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return undefined;
  throw refusal;
}
