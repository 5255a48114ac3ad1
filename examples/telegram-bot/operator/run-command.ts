import { existsSync } from "node:fs";
import {
  coreKinds,
  defaultPolicy,
  silentLog,
  systemClock as clock,
  type Clock,
  type Guards,
  type Log,
  type OrderKinds,
  type Policy,
  type Store,
} from "@likeness/core";
import { leaveWith, reasonOf } from "../leave.ts";
import { scrubber } from "../log/scrubber.ts";
import { readForOperator } from "../settings/read-settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Storage } from "../storage/storage.ts";
import type { Answer } from "./answer.ts";

/** What an operator's command uses: only the database, while a bot may be running. */
export interface OperatorContext {
  readonly db: Storage["db"];
  readonly jobsWithin: Storage["jobsWithin"];
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: Policy;
  readonly guards: Guards;
  readonly kinds: OrderKinds;
}

export interface OperatorCommand {
  /** `npm run <name>` */
  readonly name: string;
  /** What it takes, e.g. `<training id>, or without an id for a list`. */
  readonly usage: string;
  /** Without a word: shows how things stand. */
  list(context: OperatorContext): Promise<Answer>;
  /** With a word, e.g. the id of a training: runs the command, and prints the outcome. */
  act(context: OperatorContext, word: string): Promise<Answer>;
}

/** Runs a command with its parameters, and ends with its exit code. */
export async function runCommand({ name, usage, list, act }: OperatorCommand): Promise<void> {
  const [word, ...more] = process.argv.slice(2);
  if (more.length > 0) leaveWith([`usage: npm run ${name} -- ${usage}`]);

  await runOnDatabase((context) => (word === undefined ? list(context) : act(context, word)));
}

/** Does something with the database that the settings name, prints the answer, and ends with its exit code. */
export async function runOnDatabase(work: (context: OperatorContext) => Promise<Answer>): Promise<void> {
  const { database, policy, guards, secrets } = readForOperator(process.env).match((read) => read, leaveWith);
  const scrub = scrubber(secrets);
  // Checked first, because opening a missing file would create an empty database.
  if (database.type === "sqlite" && !existsSync(database.file))
    leaveWith(["DATABASE_URL names a file that does not exist"]);

  try {
    const { store, db, jobsWithin, close } = await openStorage(database, clock, silentLog);
    const context = {
      db,
      jobsWithin,
      store,
      clock,
      log: silentLog,
      policy: { ...defaultPolicy, ...policy },
      guards,
      kinds: coreKinds,
    };
    const { lines, exitCode } = await work(context);
    await close();
    const output = exitCode === 0 ? process.stdout : process.stderr;
    output.write(lines.map((line) => `${scrub(line)}\n`).join(""));
    process.exitCode = exitCode;
  } catch (error) {
    leaveWith([scrub(reasonOf(error))]);
  }
}
