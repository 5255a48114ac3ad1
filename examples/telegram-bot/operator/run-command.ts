import { existsSync } from "node:fs";
import {
  coreKinds,
  defaultPolicy,
  silentLog,
  systemClock as clock,
  type Clock,
  type OrderKinds,
  type Policy,
  type Store,
} from "@likeness/core";
import type { Database } from "@likeness/kysely";
import type { Kysely } from "kysely";
import { leaveWith, reasonOf } from "../leave.ts";
import { scrubber } from "../log/scrubber.ts";
import { readForOperator } from "../settings/read-settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Answer } from "./answer.ts";

/** What an operator's command uses: only the database, while a bot may be running. */
export interface OperatorContext {
  readonly db: Kysely<Database>;
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly kinds: OrderKinds;
}

export interface OperatorCommand {
  /** `npm run <name>` */
  readonly name: string;
  /** Without an id: lists trainings. */
  list(context: OperatorContext): Promise<Answer>;
  /** With the id of a training: runs the command, and prints the outcome. */
  act(context: OperatorContext, trainingId: string): Promise<Answer>;
}

/** Runs a command with its parameters, and ends with its exit code. */
export async function runCommand({ name, list, act }: OperatorCommand): Promise<void> {
  const [trainingId, ...more] = process.argv.slice(2);
  if (more.length > 0) leaveWith([`usage: npm run ${name} -- <training id>, or without an id for a list`]);

  await runOnDatabase((context) => (trainingId === undefined ? list(context) : act(context, trainingId)));
}

/** Does something with the database that the settings name, prints the answer, and ends with its exit code. */
export async function runOnDatabase(work: (context: OperatorContext) => Promise<Answer>): Promise<void> {
  const { database, policy, secrets } = readForOperator(process.env).match((read) => read, leaveWith);
  const scrub = scrubber(secrets);
  // Checked first, because opening a missing file would create an empty database.
  if (database.type === "sqlite" && !existsSync(database.file))
    leaveWith(["DATABASE_URL names a file that does not exist"]);

  try {
    const { store, db, close } = await openStorage(database, clock, silentLog);
    const context = { db, store, clock, policy: { ...defaultPolicy, ...policy }, kinds: coreKinds };
    const { lines, exitCode } = await work(context);
    await close();
    const output = exitCode === 0 ? process.stdout : process.stderr;
    output.write(lines.map((line) => `${scrub(line)}\n`).join(""));
    process.exitCode = exitCode;
  } catch (error) {
    leaveWith([scrub(reasonOf(error))]);
  }
}
