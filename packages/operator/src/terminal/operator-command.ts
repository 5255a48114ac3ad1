import type { OperatorCommands } from "@likeness/core";
import { ok, type Result } from "neverthrow";
import { answer, notOpened, wrongly, type Answer, type ExitCode } from "./answer.ts";
import { commands, type OperatorCommandName } from "./commands.ts";
import { help } from "./help.ts";
import { print, type Paper } from "./print.ts";
import { readCall, type Call } from "./read-call.ts";
import { visible, visibleJson } from "./visible.ts";

export interface OperatorCommandOptions {
  /**
   * `likeness.operator`, or what opens as much of it as a command needs: called only if the arguments ask for something. Its
   * error is a line for people, and ends the program with `3`.
   */
  readonly operator: OperatorCommands | ((command: OperatorCommandName) => Promise<Result<OperatorCommands, string>>);
  /** The words after the program's name: `process.argv.slice(2)`. */
  readonly arguments: readonly string[];
  /** Who acts where no `--operator` names somebody, e.g. the account on this machine. At most 100 characters are kept. */
  readonly name?: string | undefined;
  /** Where relative names of files begin. Default: the working directory of the process. */
  readonly folder?: string | undefined;
  /** How people call it, for what it prints. Default `operator`. */
  readonly program?: string | undefined;
  /** Characters in a line of the terminal, `process.stdout.columns`; absent, as in a pipe: any number. */
  readonly columns?: number | undefined;
  /** Whether headings are bold. Default false. */
  readonly colours?: boolean | undefined;
}

/** What the program prints, and how it ends. */
export interface OperatorCommandResult {
  /** For its standard output. */
  readonly output: string;
  /** For its standard error: one line, or empty. */
  readonly errors: string;
  /**
   * `0`: done, or all is well · `1`: somebody is needed, or it could not be done · `2`: called wrongly · `3`: the database,
   * the provider or another part of the deployment does not answer.
   */
  readonly exitCode: ExitCode;
}

/**
 * The operator's command line: reads the arguments, asks or acts, and answers what to print. It prints nothing itself, and
 * what it answers has no characters that a terminal obeys.
 *
 * @example
 * const { output, errors, exitCode } = await operatorCommand({
 *   operator: likeness.operator,
 *   arguments: ["list", "late"],
 * });
 */
export async function operatorCommand(options: OperatorCommandOptions): Promise<OperatorCommandResult> {
  const { program = "operator" } = options;
  return readCall(options.arguments).match(
    async (call) => written(await run(call, { ...options, program }), call.options.json === true, options),
    async (says) => written(wrongly(says), options.arguments.includes("--json"), options),
  );
}

async function run(
  call: Call,
  { operator, name: usual, folder = process.cwd(), program }: OperatorCommandOptions & { readonly program: string },
): Promise<Answer> {
  if (call.type === "help") {
    const blocks = help(call.name, program);
    return answer(blocks, { help: print(blocks) });
  }
  const { name, words, options } = call;
  const by = (options.operator ?? usual ?? "").trim();
  const command = commands[name];
  const wrong = command.refuses?.(words, options);
  if (wrong !== undefined) return wrongly(wrong);
  if (!hasLetters.test(by) && command.takes.includes("operator"))
    return wrongly("say who acts, with --operator NAME: each act is stored with a name");
  const opened = typeof operator === "function" ? await operator(name) : ok(operator);
  return opened.match(
    (open) => command.run({ operator: open, name: by, folder, program, options }, words),
    async (says) => notOpened(says),
  );
}

/** The core keeps no control characters of a name. */
const hasLetters = /[^\p{Cc}\s]/u;

function written(given: Answer, asJson: boolean, paper: Paper): OperatorCommandResult {
  const { exitCode } = given;
  if (given.type === "answer")
    return { output: asJson ? `${visibleJson(given.json)}\n` : print(given.blocks, paper), errors: "", exitCode };
  const { problem, says } = given;
  const output = asJson ? `${visibleJson({ error: { type: problem, says } })}\n` : "";
  return { output, errors: `${visible(says)}\n`, exitCode };
}
