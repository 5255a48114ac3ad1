import { open, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { backupFiles } from "./backup-files.ts";

export interface LiveData {
  /** The bot's SQLite file. */
  readonly file: string;
  /** Where its blobs are on this disk; absent: in a bucket. */
  readonly blobFolder?: string | undefined;
}

/**
 * What a backup to this folder would destroy: a database that a bot uses, or the bot's blobs. A bot's data have the same
 * names as a backup's, so `data` is easily typed for `backup`. Links are followed.
 */
export async function liveDataIn(folder: string, { file, blobFolder }: LiveData): Promise<string | undefined> {
  const { database, unfinished, blobs, lock } = backupFiles(folder);
  const live = await identityOf(file);
  for (const path of [database, unfinished, lock])
    if (live !== undefined && (await identityOf(path)) === live) return path;
  if (await isUsed(database)) return database;
  if (blobFolder === undefined) return undefined;
  const [pool, source] = [await realPathOf(blobs), await realPathOf(blobFolder)];
  return pool === source || isIn(pool, source) || isIn(source, pool) ? blobs : undefined;
}

/** The file itself, whatever names it has. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await unlessMissing(stat(path, { bigint: true }));
  return found && `${found.dev}:${found.ino}`;
}

/** A bot's database is in WAL mode, also while it is closed; that of a backup is not, and has no files beside it. */
async function isUsed(path: string): Promise<boolean> {
  const real = await unlessMissing(realpath(path));
  if (real === undefined) return false;
  for (const beside of [path, real].flatMap((name) => [`${name}-wal`, `${name}-shm`]))
    if (await identityOf(beside)) return true;
  return isInWalMode(real);
}

/** https://www.sqlite.org/fileformat2.html#file_format_version_numbers */
async function isInWalMode(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, 18);
    return buffer[0] === 2;
  } finally {
    await handle.close();
  }
}

/** The path without links, also of what does not exist yet. */
async function realPathOf(path: string): Promise<string> {
  const real = await unlessMissing(realpath(path));
  return real ?? join(await realPathOf(dirname(path)), basename(path));
}

const isIn = (path: string, folder: string): boolean => path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

async function unlessMissing<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}
