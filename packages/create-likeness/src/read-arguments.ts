import { parseArgs } from "node:util";
import { err, ok, type Result } from "neverthrow";
import {
  findChoice,
  questionNames,
  questions,
  type Choice,
  type GivenAnswers,
  type QuestionName,
} from "./questions.ts";

/** What the command line says. What is absent is asked, or has a default. */
export type Arguments =
  | { readonly type: "help" }
  | { readonly type: "version" }
  | {
      readonly type: "create";
      readonly folder?: string | undefined;
      readonly answers: GivenAnswers;
      /** Takes defaults instead of asking. */
      readonly yes: boolean;
    };

/** The command line cannot be understood. `detail` is for people. */
export interface ArgumentsRefused {
  readonly type: "arguments-refused";
  readonly detail: string;
}

const optionOf = (name: QuestionName): string =>
  `  --${name} ${questions[name].choices.map(({ value }) => value).join("|")}`.padEnd(32) + questions[name].message;

export const usage = `npm create likeness [FOLDER] [-- OPTIONS]

Writes a Telegram bot that trains avatars into a new folder. It asks what the options do not say.

${questionNames.map(optionOf).join("\n")}
  --yes                         asks nothing: takes the first choice of each
  --help                        shows this
  --version                     shows the version

npm itself reads the options before the two hyphens, so: npm create likeness -- --database postgres
`;

const options = {
  yes: { type: "boolean", short: "y", default: false },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", short: "v", default: false },
  ...({
    provider: { type: "string" },
    database: { type: "string" },
    people: { type: "string" },
  } as const satisfies Record<QuestionName, object>),
} as const;

export function readArguments(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Result<Arguments, ArgumentsRefused> {
  return parse(argv).andThen(({ values, positionals }) => {
    if (values.help) return ok({ type: "help" } as const);
    if (values.version) return ok({ type: "version" } as const);
    if (positionals.length > 1)
      return refused(`One folder is enough, not ${positionals.length}: ${positionals.join(", ")}.`);
    const answers: Partial<Record<QuestionName, Choice>> = {};
    for (const name of questionNames) {
      const value = values[name];
      if (value === undefined) continue;
      const choice = findChoice(name, value);
      const known = questions[name].choices.map((one) => one.value).join(" or ");
      if (!choice) return refused(`--${name} is ${known}, not "${value}".`);
      answers[name] = choice;
    }
    // npm keeps the --yes of `npm create likeness my-bot --yes` to itself, and tells it in this variable.
    const yes = values.yes || environment["npm_config_yes"] === "true";
    return ok({ type: "create", folder: positionals[0], answers, yes } as const);
  });
}

const refused = (detail: string) => err({ type: "arguments-refused", detail } as const);

type Parsed = ReturnType<typeof parseArgs<{ allowPositionals: true; options: typeof options }>>;

function parse(argv: readonly string[]): Result<Parsed, ArgumentsRefused> {
  try {
    return ok(parseArgs({ args: [...argv], allowPositionals: true, options }));
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}
