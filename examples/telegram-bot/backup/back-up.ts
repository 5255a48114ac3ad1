import { opendir, rename, rm } from "node:fs/promises";
import { diskBlobs, makeFolder } from "@likeness/blobs/disk";
import type { BlobStore } from "@likeness/core";
import Database from "better-sqlite3";
import { ok, ResultAsync, type Result } from "neverthrow";
import { backupFiles } from "./backup-files.ts";
import { copyBlob } from "./copy-blob.ts";
import { flush } from "./flush.ts";
import { liveDataIn } from "./live-data-in.ts";
import { blobNaming, namedBlobs } from "./named-blobs.ts";
import { holdBackup } from "./one-backup-at-a-time.ts";

export interface BackUp {
  /** The bot's SQLite file, which may be in use. */
  readonly file: string;
  /** Absent: they stay where they are, by reference. */
  readonly blobs?: BlobStore | undefined;
  /** Where those are on this disk. */
  readonly blobFolder?: string | undefined;
  readonly folder: string;
}

export interface BackedUp {
  readonly type: "backed-up";
  readonly copied: number;
  /** How many files of the backup before were needed no longer; a failure leaves a whole backup that has too much. */
  readonly removed: Result<number, NotCleanedUp>;
  /** Blobs that a row names and the bot itself does not have. */
  readonly missing: readonly string[];
}

export interface NotCleanedUp {
  readonly type: "not-cleaned-up";
  readonly cause: unknown;
}

export type BackUpOutcome =
  | BackedUp
  | { readonly type: "busy" }
  /** The folder holds data that a bot uses, and nothing was changed in it. */
  | { readonly type: "live-data"; readonly path: string };

/** Rows may be erased while their blobs are copied; then another moment of the database is taken. */
const moments = 5;

/**
 * Saves one moment of the database and every blob that it names, while the bot runs. The backup in the folder stays whole
 * until the new one takes its place in one rename; blobs are only added before, and those that are not needed any more
 * deleted after it. A run that was killed leaves a file that the next one deletes.
 *
 * Rejects only before that rename.
 */
export async function backUp({ file, blobs, blobFolder, folder }: BackUp): Promise<BackUpOutcome> {
  const path = await liveDataIn(folder, { file, blobFolder });
  if (path !== undefined) return { type: "live-data", path };
  process.umask(0o077);
  await makeFolder(folder);
  const release = holdBackup(folder);
  if (!release) return { type: "busy" };
  try {
    const { database, unfinished, blobs: pool } = backupFiles(folder);
    if (blobs) await makeFolder(pool);
    const copies = blobs && { from: blobs, to: diskBlobs(pool) };
    let copied = 0;
    let missing: string[] = [];
    for (let moment = 0; moment === 0 || (missing.length > 0 && moment < moments); moment++) {
      await saveMoment(file, unfinished);
      missing = [];
      if (!copies) continue;
      for (const key of keysIn(unfinished)) {
        const outcome = (await copyBlob(key, copies.from, copies.to)).match(
          (done) => done,
          ({ cause }) => {
            throw cause;
          },
        );
        if (outcome === "copied") copied += 1;
        if (outcome === "missing" || outcome === "wrong") missing.push(key);
      }
    }
    await flush(unfinished);
    await rename(unfinished, database);
    const removed = await settle(folder).andThen(() =>
      copies ? removeUnneeded(database, pool, copies.to) : ok<number>(0),
    );
    return { type: "backed-up", copied, removed, missing: [...new Set(missing)] };
  } finally {
    release();
  }
}

/** A whole database in one file. Writers do not wait for it, and it does not begin again when they write. */
async function saveMoment(file: string, to: string): Promise<void> {
  for (const leftover of [to, `${to}-journal`]) await rm(leftover, { force: true });
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    source.prepare("vacuum into ?").run(to);
  } finally {
    source.close();
  }
  const saved = new Database(to, { readonly: true });
  try {
    const found = saved.pragma("quick_check", { simple: true });
    if (found !== "ok") throw new Error(`the copy of the database is damaged: ${String(found)}`);
  } finally {
    saved.close();
  }
}

function* keysIn(file: string): Generator<string> {
  const database = new Database(file, { readonly: true });
  try {
    yield* namedBlobs(database);
  } finally {
    database.close();
  }
}

/** The rename is on the disk before anything is deleted that the backup before it needs. */
const settle = ResultAsync.fromThrowable(flush, notCleanedUp);

/** What was erased since the backup before must not stay in the backup. */
const removeUnneeded = ResultAsync.fromThrowable(deleteUnneeded, notCleanedUp);

function notCleanedUp(cause: unknown): NotCleanedUp {
  return { type: "not-cleaned-up", cause };
}

async function deleteUnneeded(file: string, folder: string, pool: BlobStore): Promise<number> {
  const database = new Database(file, { readonly: true });
  try {
    const isNamed = blobNaming(database);
    let removed = 0;
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (!entry.isFile() || !/^[0-9a-f]{64}$/.test(entry.name) || isNamed(entry.name)) continue;
      (await pool.delete(entry.name)).mapErr(({ cause }) => {
        throw cause;
      });
      removed += 1;
    }
    return removed;
  } finally {
    database.close();
  }
}
