import { systemClock as clock, type AuditPorts, silentLog, uuidV7, type OperatorCommands } from "@likeness/core";
import { leaveWith, printed, reasonOf } from "../leave.ts";
import type { Storage } from "../storage/storage.ts";
import { misused, refused, type Answer } from "./answer.ts";
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
  act(context: OperatorContext, word: string): Promise<Reply>;
}

/** `misused`: the command does not know these words, and its usage is printed. */
export type Reply = Answer | "misused";

/** A command of an operator, which `runFor` runs. */
export interface Command {
  /** How it is called: the answer to `--help`, and to words that it does not know. */
  readonly usage: readonly string[];
  /** Words with a dash in front that it takes; any other one is misuse, and never the name of something. */
  readonly dashed?: RegExp;
  /** Its reply to the words after its name and to the settings. */
  run(words: readonly string[], environment: NodeJS.ProcessEnv, operator: string): Promise<Reply>;
}

/** A command that takes one word at most. */
export const oneWordCommand = ({ name, usage, list, act }: OneWordCommand): Command => ({
  usage: [`usage: npm run ${name} -- ${usage}`],
  run: async ([word, ...more], environment, operator) =>
    more.length > 0
      ? "misused"
      : runOnDatabase(environment, operator, (context) => (word === undefined ? list(context) : act(context, word))),
});

/** Does something with the database that the settings name. */
export async function runOnDatabase(
  environment: NodeJS.ProcessEnv,
  operator: string,
  work: (context: OperatorContext) => Promise<Reply>,
): Promise<Reply> {
  const opened = await openDeployment(environment, "database");
  if (opened.isErr()) return opened.error;
  const { storage, commands, scrub } = opened.value;
  const { store, db, jobsWithin } = storage;
  try {
    const context = { db, jobsWithin, store, clock, log: silentLog, ids: uuidV7(clock), commands, operator };
    const reply = await work(context);
    await storage.close();
    return reply === "misused" ? reply : { ...reply, lines: reply.lines.map(scrub) };
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
  if (words.includes("--help")) return { lines: command.usage, exitCode: 0 };
  if (words.some((word) => word.startsWith("-") && !command.dashed?.test(word))) return misused(command.usage);
  if (!hasLetters.test(operator)) return misused(["--operator takes the name of who acts"]);
  const reply = await command.run(words, environment, operator);
  return reply === "misused" ? misused(command.usage) : reply;
}

/** No control characters are kept of a name. */
const hasLetters = /[^\p{Cc}\s]/u;

/** Runs a command with the parameters and the environment of this process, and ends with its exit code. */
export async function runAsProgram(command: Command): Promise<void> {
  const { lines, exitCode } = await runFor(command, process.argv.slice(2), process.env);
  if (exitCode === 0) process.stdout.write(printed(lines));
  else leaveWith(lines, exitCode);
}
