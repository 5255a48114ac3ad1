import { lines, table, title, type Block } from "./block.ts";
import { commands, type OperatorCommandName } from "./commands.ts";
import { optionTexts, type OptionName } from "./options.ts";

/** What the commands are, or what one of them takes. */
export function help(name: OperatorCommandName | undefined, program: string): Block[] {
  if (name === undefined) return allCommands(program);
  const { says, words, takes } = commands[name];
  const call = [program, name, ...words.map((word) => `<${word}>`)].join(" ");
  return [lines(`${call}: ${says}`), optionList([...takes, "json", "help"])];
}

const allCommands = (program: string): Block[] => [
  lines(`${program} [command]: what those who run this deployment see and do. Without a command: inspect.`),
  table(
    ["command", "what it does"],
    (Object.keys(commands) as OperatorCommandName[]).map((name) => [
      [name, ...commands[name].words.map((word) => `<${word}>`)].join(" "),
      commands[name].says,
    ]),
  ),
  optionList(Object.keys(optionTexts) as OptionName[]),
  title("Exit codes"),
  table(
    ["code", "meaning"],
    [
      ["0", "all is well, or done"],
      ["1", "somebody is needed, or it could not be done"],
      ["2", "called wrongly"],
      ["3", "the database, the provider or another part of the deployment does not answer"],
    ],
  ),
];

const optionList = (names: readonly OptionName[]): Block =>
  table(
    ["option", "meaning"],
    names.map((name) => [...optionTexts[name]]),
  );
