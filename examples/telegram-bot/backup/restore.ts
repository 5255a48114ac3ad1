import { existsSync } from "node:fs";
import { copyFile, link, rm, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { diskBlobs, makeFolder } from "@likeness/blobs/disk";
import { silentLog, systemClock as clock, type BlobStore } from "@likeness/core";
import Database from "better-sqlite3";
import { openSqlite } from "../storage/open-sqlite.ts";
import { backupFiles } from "./backup-files.ts";
import { copyBlob } from "./copy-blob.ts";
import { endWaitingOrders } from "./end-waiting-orders.ts";
import { flush } from "./flush.ts";
import { namedBlobs } from "./named-blobs.ts";

export interface Restore {
  readonly folder: string;
  /** Where the bot will look for its database. There is none. */
  readonly file: string;
  /** Where it will look for its blobs. */
  readonly blobs: BlobStore;
  /** Who restores. */
  readonly operator: string;
}

export type Restored =
  | { readonly type: "no-backup" }
  /** There is a database already, and this replaces none. */
  | { readonly type: "in-the-way"; readonly file: string }
  | {
      readonly type: "restored";
      readonly copied: number;
      readonly missing: readonly string[];
      /** Orders that had not been submitted, and must not be now. */
      readonly ended: number;
    };

/**
 * Puts a backup where the bot looks for its data. The file gets its name when everything else is done, so a bot never
 * starts with a part; a run that was killed is simply run again.
 */
export async function restore({ folder, file, blobs, operator }: Restore): Promise<Restored> {
  const backup = backupFiles(folder);
  if (!existsSync(backup.database)) return { type: "no-backup" };
  const inTheWay = [file, `${file}-wal`, `${file}-shm`].find((path) => existsSync(path));
  if (inTheWay !== undefined) return { type: "in-the-way", file: inTheWay };
  process.umask(0o077);
  await makeFolder(dirname(file));
  const { copied, missing } = await restoreBlobs(backup, blobs);

  const unfinished = `${file}.unfinished`;
  for (const leftover of [unfinished, `${unfinished}-wal`, `${unfinished}-shm`]) await rm(leftover, { force: true });
  await copyFile(backup.database, unfinished);
  const storage = await openSqlite({ type: "sqlite", file: unfinished }, clock, silentLog);
  const ended = await endWaitingOrders(storage, operator);
  await flush(unfinished);
  if (!(await nameOnce(unfinished, file))) return { type: "in-the-way", file };
  await flush(dirname(file));
  return { type: "restored", copied, missing, ended };
}

/** Gives a file its name unless something has it, which a bot that was started meanwhile may have made. */
async function nameOnce(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    await unlink(file);
    return false;
  }
  await unlink(file);
  return true;
}

async function restoreBlobs(backup: ReturnType<typeof backupFiles>, to: BlobStore) {
  const from = diskBlobs(backup.blobs);
  const database = new Database(backup.database, { readonly: true });
  let copied = 0;
  const missing = new Set<string>();
  try {
    for (const key of namedBlobs(database)) {
      const outcome = (await copyBlob(key, from, to)).match(
        (done) => done,
        ({ cause }) => {
          throw cause;
        },
      );
      if (outcome === "copied") copied += 1;
      if (outcome === "missing" || outcome === "wrong") missing.add(key);
    }
  } finally {
    database.close();
  }
  return { copied, missing: [...missing] };
}
