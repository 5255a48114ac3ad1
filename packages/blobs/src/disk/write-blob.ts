import { createHash } from "node:crypto";
import { lstat, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AnnounceBlob } from "@likeness/core";
import { announced } from "../blob-key.ts";
import { blobPath, temporaryDirectory } from "./blob-path.ts";
import { makeFolder } from "./make-folder.ts";
import { expectFolders, expectKind, isMissing, makeFolders } from "./plain-files.ts";
import { newTemporaryName } from "./temporary-name.ts";

/**
 * Writes the content below the directory and resolves with its key once it would survive a power cut: the file is
 * flushed, renamed, and then so are the directories that lead to it. Leaves nothing behind when it fails.
 */
export async function writeBlob(
  directory: string,
  content: Uint8Array | ReadableStream<Uint8Array>,
  announce?: AnnounceBlob,
): Promise<string> {
  const temporary = join(await makeTemporaryDirectory(directory), await newTemporaryName());
  let moved = false;
  try {
    const digest = await writeHashed(temporary, content instanceof Uint8Array ? [content] : content);
    const key = await announced(digest, announce);
    moved = await publish(temporary, directory, blobPath(directory, key));
    return key;
  } finally {
    if (!moved) await rm(temporary, { force: true });
  }
}

async function makeTemporaryDirectory(directory: string): Promise<string> {
  const temporary = temporaryDirectory(directory);
  await expectFolders(directory, temporary).catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    const made = await makeFolder(temporary);
    if (made) await flushDirectories(directory, dirname(made));
    await expectFolders(directory, temporary);
  });
  return temporary;
}

/** Writes the chunks to a new, private file, flushes it and returns the hex SHA-256 of it all. */
async function writeHashed(path: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  // "wx" is O_CREAT | O_EXCL: it neither follows a link nor opens an existing file.
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}

/** Whether the file was moved: another one with the same content may be there already. */
async function publish(temporary: string, root: string, path: string): Promise<boolean> {
  const moved = await place(temporary, root, path);
  // Also for a blob that existed: the process that stored it may not have flushed the directories yet. A level that is
  // gone was empty, so the blob has been deleted since it was placed.
  await flushDirectories(dirname(path), root).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  return moved;
}

/** A `delete` may take an empty level away before the blob is in it. Each one must come at just that moment. */
const mostPlacings = 20;

async function place(temporary: string, root: string, path: string, placing = 1): Promise<boolean> {
  try {
    await makeFolders(root, dirname(path));
    if (await exists(path)) return false;
    await rename(temporary, path);
    return true;
  } catch (error) {
    if (!isMissing(error) || placing === mostPlacings) throw error;
    return place(temporary, root, path, placing + 1);
  }
}

/** Whether there is a blob, in folders that were looked at a moment ago. Rejects when the path exists but is no file. */
async function exists(path: string): Promise<boolean> {
  try {
    expectKind(path, await lstat(path), "isFile");
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Makes names in a directory and in those above it, up to and including `top`, survive a power cut. */
async function flushDirectories(directory: string, top: string): Promise<void> {
  // Windows cannot open a directory, and NTFS journals its names by itself.
  if (process.platform === "win32") return;
  await flushDirectory(directory);
  if (directory !== top) await flushDirectories(dirname(directory), top);
}

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
