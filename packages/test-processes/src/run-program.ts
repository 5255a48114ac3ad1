import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { bundleOf } from "./bundle-of.ts";
import { keepCompiled } from "./keep-compiled.ts";
import { withSourcePlaces } from "./source-places.ts";

export interface ProgramOptions {
  /** What Node takes before the program, e.g. `--import`. */
  readonly nodeOptions?: readonly string[];
  readonly parameters?: readonly string[];
  /** Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder that it runs in. Default: that of this process. */
  readonly cwd?: string;
  /** Whether it has a channel to this process for messages. */
  readonly ipc?: boolean;
  /** Whether it is in a group of its own, so that Ctrl-C does not reach it. */
  readonly detached?: boolean;
  /** Whether it runs from its own files also where a bundle of it was made. */
  readonly unbundled?: boolean;
}

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartedProgram {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<ProgramEnd>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<ProgramEnd>;
}

/**
 * Starts a program on this Node in a process of its own. Its output has to be read. It uses the compile cache, the bundles
 * and the folder for temporary files that this process has: with the former the bot takes a third of the CPU time to start.
 */
export function startProgram(program: string, options: ProgramOptions = {}): StartedProgram {
  const {
    nodeOptions = [],
    parameters = [],
    env = process.env,
    cwd,
    ipc = false,
    detached = false,
    unbundled = false,
  } = options;
  const { NODE_COMPILE_CACHE, BUNDLED_PACKAGES, BUNDLED_PROGRAMS, TMPDIR } = process.env;
  const file = BUNDLED_PROGRAMS && !unbundled ? bundleOf(program, BUNDLED_PROGRAMS) : program;
  const packages = BUNDLED_PACKAGES ? ["--import", BUNDLED_PACKAGES] : [];
  const preloads = file === program ? packages : keepCompiled;
  const child = spawn(process.execPath, [...preloads, ...nodeOptions, file, ...parameters], {
    env: { NODE_COMPILE_CACHE, BUNDLED_PACKAGES, BUNDLED_PROGRAMS, TMPDIR, ...env },
    cwd,
    detached,
    stdio: ["pipe", "pipe", "pipe", ...(ipc ? ["ipc" as const] : [])],
  }) as ChildProcessWithoutNullStreams;
  const ended = once(child, "close").then(([code, signal]): ProgramEnd => ({ code, signal }));
  const end = (signal: NodeJS.Signals): Promise<ProgramEnd> => {
    child.kill(signal);
    return ended;
  };
  return { child, ended, end };
}

export interface Said {
  /** What it has written to stdout. */
  readonly output: string;
  /** What it has written to stderr. */
  readonly errors: string;
}

export interface RunningProgram extends Pick<StartedProgram, "child"> {
  /** What it has said so far. */
  readonly now: () => Said;
  /** Waits until its output matches. Rejects with what it has said if it ends before that. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<ProgramEnd & Said>;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<ProgramEnd & Said>;
}

export interface RunOptions extends ProgramOptions {
  /** vitest's, of the test whose end kills the program. */
  readonly onTestFinished?: (end: () => Promise<void>) => void;
}

/** Runs a program on this Node in a process of its own, and keeps what it says. */
export function runProgram(program: string, { onTestFinished, ...options }: RunOptions = {}): RunningProgram {
  const { child, ...started } = startProgram(program, options);
  const said = { output: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (said.output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (said.errors += text));
  const now = (): Said => ({ output: withSourcePlaces(said.output), errors: withSourcePlaces(said.errors) });
  const ended = started.ended.then((end) => ({ ...end, ...now() }));
  onTestFinished?.(async () => void (await started.end("SIGKILL")));
  return {
    child,
    now,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(said.output);
          if (!found) return;
          child.stdout.off("data", look);
          resolve(found);
        };
        child.stdout.on("data", look);
        look();
        const tooLate = ({ output, errors }: Said): void =>
          reject(new Error(`it ended before it said ${String(pattern)}:\n${output}${errors}`));
        ended.then(tooLate, reject);
      }),
    ended,
    end: (signal) => {
      void started.end(signal);
      return ended;
    },
  };
}
