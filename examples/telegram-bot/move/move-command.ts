import { silentLog, systemClock as clock } from "@likeness/core";
import { reasonOf } from "../leave.ts";
import { scrubber } from "../log/scrubber.ts";
import { refused, type Answer } from "../operator/answer.ts";
import type { Command } from "../operator/run-command.ts";
import { databaseLocation, type PostgresLocation } from "../settings/locations.ts";
import { readForBackup } from "../settings/read-settings.ts";
import { databaseSecrets } from "../settings/settings.ts";
import { openPostgres } from "../storage/open-postgres.ts";
import type { Counts } from "./count-rows.ts";
import { holdSource, type HeldSource } from "./hold-source.ts";
import { moveRows, type MovedRows } from "./move-rows.ts";
import { targetRows } from "./target-rows.ts";

/** `npm run move -- postgres://…`: `DATABASE_URL` names the SQLite file, as for the bot. */
export const moveCommand: Command = {
  usage: ["usage: npm run move -- postgres://<user>@<host>/<database>"],
  run: async ([given, ...more], environment) => {
    const { data: target } = databaseLocation.safeParse(given);
    return target?.type !== "postgres" || more.length > 0 ? "misused" : moveAndSay(target, environment);
  },
};

async function moveAndSay(target: PostgresLocation, environment: NodeJS.ProcessEnv): Promise<Answer> {
  const read = readForBackup(environment);
  if (read.isErr()) return refused(read.error);
  const { database, secrets } = read.value;
  if (database.type === "postgres") return refused(["DATABASE_URL has to name the SQLite file that is moved"]);
  const { PGPASSWORD: password } = environment;
  const scrub = scrubber([...secrets, ...databaseSecrets({ DATABASE_URL: target }), ...(password ? [password] : [])]);
  try {
    const source = await holdSource(database.file);
    if (source.type !== "held") return refused([unmovable[source.type]]);
    try {
      return await moveTo(target, source, database.file);
    } finally {
      await source.close();
    }
  } catch (error) {
    return refused([
      scrub(`Not moved: ${reasonOf(causeOf(error))}. Run it again: all is committed at once, or nothing.`),
    ]);
  }
}

const unmovable = {
  missing: "DATABASE_URL names a file that does not exist",
  "in-use": "The SQLite file is in use: stop the bot and every command on it",
  "not-likeness": "DATABASE_URL names a file without the bot's tables",
} as const satisfies Record<Exclude<Awaited<ReturnType<typeof holdSource>>["type"], "held">, string>;

/** Opening a database blames `DATABASE_URL`, which does not name this one. */
const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause ? error.cause : error);

async function moveTo(target: PostgresLocation, source: HeldSource, file: string): Promise<Answer> {
  const rows = await targetRows(target);
  if (Object.keys(rows).length > 0) return sayMoved({ type: "not-empty", rows }, file);
  await source.migrate();
  const storage = await openPostgres(target, clock, silentLog);
  try {
    return sayMoved(await moveRows(source.db, storage), file);
  } finally {
    await storage.close();
  }
}

function sayMoved(moved: MovedRows, file: string): Answer {
  switch (moved.type) {
    case "not-empty":
      return refused([
        "The target has rows of Likeness, and nothing was changed. A move is all or nothing: if these came from one, it is complete.",
        ...Object.entries(moved.rows).map(([table, rows]) => `${table}: ${rows}`),
      ]);
    case "counts-differ":
      return refused([
        ...countTable(moved.source, moved.target),
        "The counts differ, so nothing was committed. Does the target have triggers or rules of its own?",
      ]);
    case "moved":
      return {
        lines: [
          ...countTable(moved.source, moved.target),
          `Jobs that wait and go on: ${moved.jobs.enqueued}. Dead jobs, which are not moved: ${moved.jobs.dead}.`,
          "Set DATABASE_URL to the new database, leave BLOBS as it is, and start the bot.",
          `Keep ${file}, and start no bot on it again: it would order what waits a second time.`,
        ],
        exitCode: 0,
      };
  }
}

function countTable(source: Counts, target: Counts): readonly string[] {
  const rows = [
    ["table", "SQLite", "PostgreSQL"],
    ...Object.entries(source).map(([table, count]) => [table, `${count}`, `${target[table]}`]),
  ];
  const width = Math.max(...rows.map(([table = ""]) => table.length));
  return rows.map(
    ([table = "", from = "", to = ""]) => `${table.padEnd(width)} ${from.padStart(10)} ${to.padStart(11)}`,
  );
}
