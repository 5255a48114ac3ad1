import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { namesOf } from "./kill-points.ts";

/** The options of a command. `--help` prints the usage and exits; an unknown option exits with a line that names it. */
export function readOptions<Options extends ParseArgsOptionsConfig>(usage: string, options: Options) {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const [problem = ""] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    return leave(`${problem}; --help tells what there is`);
  }
}

/** Ends the command with exit code 2. */
export function leave(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
}

/** A whole number, or a new one when none is given. */
export function readNumber(name: string, text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  return Number.isInteger(number) && number > 0 ? number : leave(`--${name} must be a positive whole number`);
}

/** The name in a table that is given; all of them when none is. */
export function readNames<Name extends string>(
  option: string,
  table: Readonly<Record<Name, unknown>>,
  name: string | undefined,
): Name[] {
  const names = namesOf(table);
  const found = names.filter((each) => name === undefined || each === name);
  return found.length > 0 ? found : leave(`--${option} must be one of ${names.join(", ")}`);
}

/** A random seed. */
export const newSeed = (): number => 1 + Math.floor(Math.random() * 999_999_999);

/** Aborted by Ctrl-C; a second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(new Error("interrupted"));
    });
  return controller.signal;
}
