import { systemClock as clock, type AuditPorts, silentLog, uuidV7, type OperatorCommands } from "@likeness/core";
import { leaveWith, printed, reasonOf } from "../leave.ts";
import type { Storage } from "../storage/storage.ts";
import { refused, type Answer } from "./answer.ts";
import { callerIn } from "./caller.ts";
import { openDeployment } from "./open-deployment.ts";

/** What an operator's command uses: only the database, while a bot may be running. */
export interface OperatorContext extends AuditPorts, Pick<Storage, "db" | "jobsWithin"> {
  /** Each of its actions leaves an entry. Those that ask the provider are not called. */
  readonly commands: OperatorCommands;
  /** Who acts. */
  readonly operator: string;
}

export interface OneWordCommand {
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
export type Command = (
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  operator: string,
) => Promise<Answer>;

/** A command that takes one word at most. */
export const oneWordCommand =
  ({ name, usage, list, act }: OneWordCommand): Command =>
  async ([word, ...more], environment, operator) => {
    if (more.length > 0) return refused([`usage: npm run ${name} -- ${usage}`]);
    return runOnDatabase(environment, operator, (context) => (word === undefined ? list(context) : act(context, word)));
  };

/** Does something with the database that the settings name. */
export async function runOnDatabase(
  environment: NodeJS.ProcessEnv,
  operator: string,
  work: (context: OperatorContext) => Promise<Answer>,
): Promise<Answer> {
  const opened = await openDeployment(environment, "database");
  if (opened.isErr()) return refused(opened.error);
  const { storage, commands, scrub } = opened.value;
  const { store, db, jobsWithin } = storage;
  try {
    const context = { db, jobsWithin, store, clock, log: silentLog, ids: uuidV7(clock), commands, operator };
    const { lines, exitCode } = await work(context);
    await storage.close();
    return { lines: lines.map(scrub), exitCode };
  } catch (error) {
    return refused([scrub(reasonOf(error))]);
  }
}

/** Runs a command for the operator whom its parameters name, or for the account on this machine. */
export async function runFor(
  command: Command,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Answer> {
  const { operator, words } = callerIn(parameters);
  return hasLetters.test(operator)
    ? command(words, environment, operator)
    : refused(["--operator takes the name of who acts"]);
}

/** No control characters are kept of a name. */
const hasLetters = /[^\p{Cc}\s]/u;

/** Runs a command with the parameters and the environment of this process, and ends with its exit code. */
export async function runAsProgram(command: Command): Promise<void> {
  const { lines, exitCode } = await runFor(command, process.argv.slice(2), process.env);
  if (exitCode === 0) process.stdout.write(printed(lines));
  else leaveWith(lines);
}
