import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { err, ok, type Result } from "neverthrow";
import { namesOf } from "./kill-points.ts";

/** Why a command does not begin. */
export type NoStart =
  { readonly type: "help"; readonly usage: string } | { readonly type: "wrong-option"; readonly problem: string };

const wrong = (problem: string) => err({ type: "wrong-option", problem } as const);

/** Reads the words behind a command's name. */
export function readWords<Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
  words: readonly string[],
) {
  if (words.some((word) => word === "--help" || word === "-h")) return err({ type: "help", usage } as const);
  try {
    return ok(parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values);
  } catch (error) {
    const [problem = ""] = String(error instanceof Error ? error.message : error).split(/\.\s/);
    return wrong(`${problem}; --help tells what there is`);
  }
}

/** A whole number, or a new one when none is given. */
export function readNumber(name: string, text: string | undefined, otherwise: number): Result<number, NoStart> {
  const number = text === undefined ? otherwise : Number(text);
  return Number.isInteger(number) && number > 0 ? ok(number) : wrong(`--${name} must be a positive whole number`);
}

/** The name in a table that is given; all of them when none is. */
export function readNames<Name extends string>(
  option: string,
  table: Readonly<Record<Name, unknown>>,
  name: string | undefined,
): Result<Name[], NoStart> {
  const names = namesOf(table);
  const found = names.filter((each) => name === undefined || each === name);
  return found.length > 0 ? ok(found) : wrong(`--${option} must be one of ${names.join(", ")}`);
}

/** The options of a command; prints the usage or what is wrong with one, and ends the process, if it does not begin. */
export function orEnd<Options>(read: Result<Options, NoStart>): Options {
  if (read.isOk()) return read.value;
  if (read.error.type === "help") {
    process.stdout.write(`${read.error.usage}\n`);
    process.exit(0);
  }
  process.stderr.write(`${read.error.problem}\n`);
  process.exit(2);
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
