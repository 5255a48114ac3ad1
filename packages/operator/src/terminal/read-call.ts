import { parseArgs } from "node:util";
import { err, ok, type Result } from "neverthrow";
import { commands, isCommandName, type Command, type OperatorCommandName } from "./commands.ts";
import { options, type OptionName, type Options } from "./options.ts";
import { visible } from "./visible.ts";

/** What the arguments ask for. */
export type Call =
  | {
      readonly type: "command";
      readonly name: OperatorCommandName;
      readonly words: readonly string[];
      readonly options: Options;
    }
  /** About all commands, or one. */
  | { readonly type: "help"; readonly name?: OperatorCommandName; readonly options: Options };

/** Longer arguments are none of ours: no id has more than 1,000 characters. */
const longest = 2_000;

/** Reads the arguments, or says in one line what is wrong with them. */
export function readCall(given: readonly string[]): Result<Call, string> {
  const tooLong = given.find((argument) => argument.length > longest);
  if (tooLong !== undefined) return err(`an argument has more than ${longest} characters`);
  return parsed(given).andThen(({ values, positionals: [first, ...words] }): Result<Call, string> => {
    const help = { type: "help", options: values } as const;
    if (first === "help" || (first === undefined && values.help)) return ok(help);
    const name = first ?? "inspect";
    if (!isCommandName(name)) return err(`there is no command ${shown(name)}; --help lists all`);
    if (values.help) return ok({ ...help, name });
    return check(name, words, values).map(() => ({ type: "command", name, words, options: values }));
  });
}

function parsed(given: readonly string[]): Result<{ values: Options; positionals: string[] }, string> {
  try {
    const { values, positionals } = parseArgs({ args: [...given], options, allowPositionals: true });
    return ok({ values, positionals });
  } catch (error) {
    // Node explains a wrong option in its first sentence, and how to pass odd words in the others.
    const [said = ""] = (error as Error).message.split(/\. |\n/);
    return err(visible(said.replace(/\.$/, "")));
  }
}

function check(name: OperatorCommandName, words: readonly string[], values: Options): Result<void, string> {
  const command: Command = commands[name];
  const foreign = (Object.keys(values) as OptionName[]).find((option) => !isTaken(command, option));
  if (foreign !== undefined) return err(`${name} takes no --${foreign}; ${name} --help tells what it takes`);
  if (words.length !== command.words.length)
    return err(
      command.words.length === 0
        ? `${name} takes no ${shown(words[0] ?? "")}`
        : `${name} takes ${command.words.map((word) => `<${word}>`).join(" ")}`,
    );
  if (words.some((word) => word.trim() === "")) return err(`${name} takes no empty words`);
  const { limit } = values;
  if (limit !== undefined && !/^(?:[1-9]\d?|100)$/.test(limit)) return err("--limit takes a number from 1 to 100");
  return ok();
}

const isTaken = ({ takes }: Command, option: OptionName): boolean =>
  option === "json" || takes.some((taken) => taken === option);

const shown = (word: string): string => `"${visible(word.slice(0, 100))}"`;
