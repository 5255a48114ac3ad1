import { constants, type Stats } from "node:fs";
import { lstat, mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Rejects unless every folder from below `root` down to `folder` is a real folder. Links are refused, because they may
 * lead out of the root. The root itself may be a link, because the operator chooses it.
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
  // Errors are ignored, because the folder may exist, or another process may be making it; `lstat` decides.
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  expectKind(folder, await lstat(folder), "isDirectory");
}

/** The stat of a plain file below the root; rejects for a link, folder or device. */
export async function statFile(root: string, path: string): Promise<Stats> {
  await expectFolders(root, dirname(path));
  const found = await lstat(path);
  expectKind(path, found, "isFile");
  return found;
}

/** Opens a file below the root for reading. */
export async function openFile(root: string, path: string): Promise<FileHandle> {
  await statFile(root, path);
  // Does not follow a link that has replaced it since, nor block on a pipe. On Windows both flags are undefined, so 0.
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

/** Rejects what is of another kind, e.g. a link. */
export function expectKind(path: string, found: Stats, expected: keyof typeof names): void {
  if (!found[expected]()) throw new Error(`${path} is not ${names[expected]}`);
}

/** Whether the error is that the file does not exist. */
export const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ENOENT";
