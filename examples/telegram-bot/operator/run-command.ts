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
import { leaveWith, printed, reasonOf } from "../leave.ts";
import { scrubber } from "../log/scrubber.ts";
import { readForOperator } from "../settings/read-settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Storage } from "../storage/storage.ts";
import { refused, type Answer } from "./answer.ts";

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

/** A command as a function: its answer to the words after its name and to the settings. */
export type Command = (parameters: readonly string[], environment: NodeJS.ProcessEnv) => Promise<Answer>;

/** A command that takes one word at most. */
export const operatorCommand =
  ({ name, usage, list, act }: OperatorCommand): Command =>
  async ([word, ...more], environment) => {
    if (more.length > 0) return refused([`usage: npm run ${name} -- ${usage}`]);
    return runOnDatabase(environment, (context) => (word === undefined ? list(context) : act(context, word)));
  };

/** Does something with the database that the settings name. */
export async function runOnDatabase(
  environment: NodeJS.ProcessEnv,
  work: (context: OperatorContext) => Promise<Answer>,
): Promise<Answer> {
  const read = readForOperator(environment);
  if (read.isErr()) return refused(read.error);
  const { database, policy, guards, secrets } = read.value;
  const scrub = scrubber(secrets);
  // Checked first, because opening a missing file would create an empty database.
  if (database.type === "sqlite" && !existsSync(database.file))
    return refused(["DATABASE_URL names a file that does not exist"]);

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
    return { lines: lines.map(scrub), exitCode };
  } catch (error) {
    return refused([scrub(reasonOf(error))]);
  }
}

/** Runs a command with the parameters and the environment of this process, and ends with its exit code. */
export async function runAsProgram(command: Command): Promise<void> {
  const { lines, exitCode } = await command(process.argv.slice(2), process.env);
  if (exitCode === 0) process.stdout.write(printed(lines));
  else leaveWith(lines);
}
