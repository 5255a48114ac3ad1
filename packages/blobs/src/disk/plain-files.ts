import { constants, type Stats } from "node:fs";
import { lstat, mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Rejects unless every folder from below `root` down to `folder` is a folder itself. A link would lead out of the root, so
 * none is followed, wherever it leads. The root may be one: it is the operator's to choose.
 */
export async function expectFolders(root: string, folder: string): Promise<void> {
  if (folder === root) return;
  await expectFolders(root, dirname(folder));
  expectKind(folder, await lstat(folder), "isDirectory");
}

/** Makes the folders from below `root` down to `folder`, one at a time, so that none is made behind a link. */
export async function makeFolders(root: string, folder: string): Promise<void> {
  if (folder === root) return;
  await makeFolders(root, dirname(folder));
  // The lasting answer is that of `lstat`: it may be there, or be made by another process at this moment.
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  expectKind(folder, await lstat(folder), "isDirectory");
}

/** What is known of a file below the root that is no link, no folder and no device. */
export async function statFile(root: string, path: string): Promise<Stats> {
  await expectFolders(root, dirname(path));
  const found = await lstat(path);
  expectKind(path, found, "isFile");
  return found;
}

/** Opens a file below the root for reading. */
export async function openFile(root: string, path: string): Promise<FileHandle> {
  await statFile(root, path);
  // Whatever took its place since is not followed, and a pipe does not wait for its writer. Windows has neither flag, which counts as 0.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    expectKind(path, await file.stat(), "isFile");
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

const names = { isDirectory: "a folder", isFile: "a file" } as const;

function expectKind(path: string, found: Stats, expected: keyof typeof names): void {
  if (!found[expected]()) throw new Error(`${path} is not ${names[expected]}`);
}

/** Whether it was rejected because there is nothing by that name. */
export const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ENOENT";
