import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { reasonOf } from "../leave.ts";
import { openBlobs } from "../open-blobs.ts";
import { refused, type Answer } from "../operator/answer.ts";
import type { Command } from "../operator/run-command.ts";
import { readForBackup } from "../settings/read-settings.ts";
import { backUp, type BackedUp } from "./back-up.ts";

/** `npm run backup -- <folder>` */
export const backupCommand: Command = {
  usage: ["usage: npm run backup -- <folder>"],
  run: async ([folder, ...more], environment) =>
    folder === undefined || more.length > 0 ? "misused" : backUpAndSay(folder, environment),
};

async function backUpAndSay(given: string, environment: NodeJS.ProcessEnv): Promise<Answer> {
  const read = readForBackup(environment);
  if (read.isErr()) return refused(read.error);
  const { database, blobs, here } = read.value;
  if (database.type === "postgres")
    return refused(["DATABASE_URL names a PostgreSQL: save it with pg_dump, as docs/deployment.md says"]);
  if (!existsSync(database.file)) return refused(["DATABASE_URL names a file that does not exist"]);
  try {
    const folder = resolve(here, given);
    const copied = blobs.type === "disk" ? await openBlobs(blobs) : undefined;
    const blobFolder = blobs.type === "disk" ? blobs.folder : undefined;
    const done = await backUp({ file: database.file, blobs: copied, blobFolder, folder });
    switch (done.type) {
      case "busy":
        return refused(["Another backup to this folder is under way."]);
      case "live-data":
        return refused([`Not saved: ${done.path} is in use by a bot. Name a folder of its own for the backup.`]);
      case "backed-up":
        return sayBackedUp(done, folder, copied !== undefined);
    }
  } catch (error) {
    return refused([`Not saved: ${reasonOf(error)}. The backup that was there before is as it was.`]);
  }
}

function sayBackedUp({ copied, removed, missing }: BackedUp, folder: string, withFiles: boolean): Answer {
  const lines = [
    `Saved the database in ${folder}.`,
    withFiles
      ? `Files: ${copied} new, ${removed.unwrapOr(0)} no longer needed.`
      : "The files stay in the bucket: turn its versioning on, or copy it.",
  ];
  const problems = [
    ...(removed.isErr()
      ? [
          `The backup is whole, but what it needs no longer is still in it: ${reasonOf(removed.error.cause)}. Run it again.`,
        ]
      : []),
    ...(missing.length > 0 ? missingFiles(missing) : []),
  ];
  return problems.length === 0 ? { lines, exitCode: 0 } : refused([...lines, ...problems]);
}

const mostShown = 20;

export const missingFiles = (keys: readonly string[]): readonly string[] => [
  `The database names ${keys.length} files that are missing or damaged:`,
  ...keys.slice(0, mostShown),
];
