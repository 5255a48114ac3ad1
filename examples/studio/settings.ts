import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { stages, type Stage } from "./stage/stages.ts";

const usage = `Usage: npm run demo [-- [--port NUMBER] [--training-seconds NUMBER] [--shop]]
       npm run demo:cluster [-- [--port NUMBER] [--training-seconds NUMBER] [--shop]]

  --port              where the page is served; default: as last time, at first ${stages.single.firstPort}, of the cluster ${stages.cluster.firstPort}, else any free one
  --training-seconds  how long a training takes; default: 40
  --shop              orders cost credits, and credits are sold for Stars: play money
`;

export interface Settings {
  readonly stage: Stage;
  /** The folder of all stored data: chat, avatars, photos, trainings. */
  readonly data: string;
  readonly port: number | undefined;
  readonly trainingSeconds: number;
  readonly sells: boolean;
}

/** Reads the command line. Relative paths start at the directory of the command, which npm passes in `INIT_CWD`. */
export function readSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const here = environment["INIT_CWD"] ?? process.cwd();
  const values = parse(argv);
  if (values.help) leave(usage, 0);
  const stage = values.cluster ? stages.cluster : stages.single;
  return {
    stage,
    data: resolve(here, stage.folder),
    port: number(values, "port", 1, 65_535),
    trainingSeconds: number(values, "training-seconds", 1, 86_400) ?? 40,
    sells: values.shop === true,
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
    cluster: { type: "boolean" },
    shop: { type: "boolean" },
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
