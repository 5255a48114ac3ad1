import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { reasonOf } from "../leave.ts";
import { openBlobs } from "../open-blobs.ts";
import { refused } from "../operator/answer.ts";
import type { Command } from "../operator/run-command.ts";
import { readForBackup } from "../settings/read-settings.ts";
import { backUp } from "./back-up.ts";

/** `npm run backup -- <folder>` */
export const backupCommand: Command = async ([given, ...more], environment) => {
  if (given === undefined || more.length > 0) return refused(["usage: npm run backup -- <folder>"]);
  const read = readForBackup(environment);
  if (read.isErr()) return refused(read.error);
  const { database, blobs, here } = read.value;
  if (database.type === "postgres")
    return refused(["DATABASE_URL names a PostgreSQL: save it with pg_dump, as docs/deployment.md says"]);
  if (!existsSync(database.file)) return refused(["DATABASE_URL names a file that does not exist"]);
  try {
    const folder = resolve(here, given);
    const copied = blobs.type === "disk" ? await openBlobs(blobs) : undefined;
    const done = await backUp({ file: database.file, blobs: copied, folder });
    if (done.type === "busy") return refused(["Another backup to this folder is under way."]);
    const lines = [
      `Saved the database in ${folder}.`,
      copied
        ? `Files: ${done.copied} new, ${done.removed} no longer needed.`
        : "The files stay in the bucket: turn its versioning on, or copy it.",
    ];
    return done.missing.length === 0 ? { lines, exitCode: 0 } : refused([...lines, ...missingFiles(done.missing)]);
  } catch (error) {
    return refused([`Not saved: ${reasonOf(error)}. The backup that was there before is as it was.`]);
  }
};

const mostShown = 20;

export const missingFiles = (keys: readonly string[]): readonly string[] => [
  `The database names ${keys.length} files that are missing or damaged:`,
  ...keys.slice(0, mostShown),
];
