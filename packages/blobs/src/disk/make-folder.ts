import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder that only its owner can use, and the missing folders above it. Resolves to the first one that it made,
 * or to `undefined` if all existed. It tries each folder once: Node's `recursive` loops for ever, deaf to signals,
 * where a file system refuses with ENOENT, as `/proc` does.
 *
 * @throws The error of the file system, with its `code`.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  const refusal = await refusalOf(folder);
  if (refusal?.code !== "ENOENT" || dirname(folder) === folder) return madeOrThere(folder, refusal);
  const first = await makeFolder(dirname(folder));
  const made = await madeOrThere(folder, await refusalOf(folder));
  return first ?? made;
}

const refusalOf = (folder: string): Promise<NodeJS.ErrnoException | undefined> =>
  mkdir(folder, { mode: 0o700 }).then(
    () => undefined,
    (refusal: NodeJS.ErrnoException) => refusal,
  );

/** Ignores a refusal to make a folder that exists, whatever its code: `/` may be busy or read-only. */
async function madeOrThere(folder: string, refusal: NodeJS.ErrnoException | undefined): Promise<string | undefined> {
  if (!refusal) return folder;
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return undefined;
  throw refusal;
}
