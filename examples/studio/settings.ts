import { resolve } from "node:path";
import { parseArgs } from "node:util";

const usage = `Usage: npm run demo [-- [--port NUMBER] [--training-seconds NUMBER]]

  --port              where the page is served; default: as last time, at first 4700, else any free one
  --training-seconds  how long a training takes; default: 40
`;

export interface Settings {
  /** Everything that is kept: chat, avatars, photos, trainings. */
  readonly data: string;
  readonly port: number | undefined;
  readonly trainingSeconds: number;
}

/** Reads what was typed. Paths count from where it was typed, which npm says in `INIT_CWD`. */
export function readSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const here = environment["INIT_CWD"] ?? process.cwd();
  const values = parse(argv);
  if (values.help) leave(usage, 0);
  return {
    data: resolve(here, "data/studio"),
    port: number(values, "port", 1, 65_535),
    trainingSeconds: number(values, "training-seconds", 1, 86_400) ?? 40,
  };
}

type Values = ReturnType<typeof parse>;

function number(values: Values, name: "port" | "training-seconds", least: number, most: number): number | undefined {
  const typed = values[name];
  if (typed === undefined) return undefined;
  const value = Number(typed);
  if (!/^\d+$/.test(typed) || value < least || value > most)
    leave(`--${name} takes a whole number from ${least} to ${most}.\n`, 1);
  return value;
}

function parse(argv: readonly string[]) {
  const options = {
    port: { type: "string" },
    "training-seconds": { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return leave(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, 1);
  }
}

function leave(message: string, code: number): never {
  (code === 0 ? process.stdout : process.stderr).write(message);
  process.exit(code);
}
