import { resolve } from "node:path";
import { silentLog, systemClock as clock } from "@likeness/core";
import { reasonOf } from "../leave.ts";
import { openBlobs } from "../open-blobs.ts";
import { refused, type Answer } from "../operator/answer.ts";
import type { Command, Reply } from "../operator/run-command.ts";
import { scrubber } from "../log/scrubber.ts";
import type { PostgresLocation } from "../settings/locations.ts";
import { readForBackup } from "../settings/read-settings.ts";
import { openPostgres } from "../storage/open-postgres.ts";
import { missingFiles } from "./backup-command.ts";
import { endWaitingOrders } from "./end-waiting-orders.ts";
import { restore } from "./restore.ts";

const afterPgRestore = "--after-pg-restore";

/** `npm run restore -- <folder>`; for a PostgreSQL a word instead of a folder, because `pg_restore` has done the rest. */
export const restoreCommand: Command = {
  usage: [`usage: npm run restore -- <folder>, or for a PostgreSQL, after pg_restore: ${afterPgRestore}`],
  dashed: new RegExp(`^${afterPgRestore}$`),
  run: async ([given, ...more], environment, operator) =>
    given === undefined || more.length > 0 ? "misused" : restoreAndSay(given, environment, operator),
};

async function restoreAndSay(given: string, environment: NodeJS.ProcessEnv, operator: string): Promise<Reply> {
  const read = readForBackup(environment);
  if (read.isErr()) return refused(read.error);
  const { database, blobs, here, secrets } = read.value;
  if ((given === afterPgRestore) !== (database.type === "postgres")) return "misused";
  try {
    if (database.type === "postgres") return await endInPostgres(database, operator);
    const folder = resolve(here, given);
    const done = await restore({ folder, file: database.file, blobs: await openBlobs(blobs), operator });
    switch (done.type) {
      case "no-backup":
        return refused([`There is no backup in ${folder}.`]);
      case "in-the-way":
        return refused([`${done.file} exists. Stop the bot, and move its database away with all files beside it.`]);
      case "restored": {
        const lines = [`Restored to ${database.file}; ${done.copied} files were copied.`, ...afterwards(done.ended)];
        return done.missing.length === 0 ? { lines, exitCode: 0 } : refused([...lines, ...missingFiles(done.missing)]);
      }
    }
  } catch (error) {
    return refused([
      scrubber(secrets)(
        `Not restored: ${reasonOf(error)}. Run it again: a database is put in place whole or not at all.`,
      ),
    ]);
  }
}

const afterwards = (ended: number): readonly string[] => [
  `Orders that waited to be submitted, and were ended because they may have been: ${ended}.`,
  "Erase again whom you have erased since the backup.",
];

async function endInPostgres(database: PostgresLocation, operator: string): Promise<Answer> {
  const storage = await openPostgres(database, clock, silentLog);
  const ended = await endWaitingOrders(storage, operator);
  return { lines: afterwards(ended), exitCode: 0 };
}
