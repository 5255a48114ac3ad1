import { existsSync } from "node:fs";
import { silentLog, systemClock as clock } from "@likeness/core";
import { adoptAndSay } from "./adopt/adopt-and-say.ts";
import { sayLateResults } from "./adopt/say-late-results.ts";
import { leaveWith, reasonOf } from "./leave.ts";
import { scrubber } from "./log/scrubber.ts";
import { readDatabase } from "./settings/read-settings.ts";
import { openStorage } from "./storage/open-storage.ts";

/** `npm run adopt -- <training id>`: the late result of a training counts after all. Without an id: a list of them. */
const [trainingId, ...more] = process.argv.slice(2);
if (more.length > 0) leaveWith(["usage: npm run adopt -- <training id>, or without an id for a list"]);

const { database, secrets } = readDatabase(process.env).match((read) => read, leaveWith);
const scrub = scrubber(secrets);
// Opening would make it, and then nothing would be in it.
if (database.type === "sqlite" && !existsSync(database.file))
  leaveWith(["DATABASE_URL names a file that does not exist"]);

try {
  const { store, close } = await openStorage(database, clock, silentLog);
  const answered = trainingId === undefined ? sayLateResults(store, clock) : adoptAndSay(store, clock, trainingId);
  const { lines, exitCode } = await answered;
  await close();
  const output = exitCode === 0 ? process.stdout : process.stderr;
  output.write(lines.map((line) => `${scrub(line)}\n`).join(""));
  process.exitCode = exitCode;
} catch (error) {
  leaveWith([scrub(reasonOf(error))]);
}
