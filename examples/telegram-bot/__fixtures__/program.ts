import { spawn, type ChildProcess } from "node:child_process";
import { onTestFinished, vi } from "vitest";

export interface Program {
  readonly child: ChildProcess;
  output(): string;
  errors(): string;
  /** Waits until something was written to stdout, and returns what matched. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<number | null>;
}

/** Runs a program of the workspace in a separate process, which is ended with the test. */
export function run(path: string, parameters: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(process.execPath, [path, ...parameters], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (errors += text));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    child,
    output: () => output,
    errors: () => errors,
    said: (pattern) =>
      vi.waitFor(
        () => {
          const found = pattern.exec(output);
          if (!found) throw new Error(`${String(pattern)} was not said, but:\n${output}${errors}`);
          return found;
        },
        { timeout: 15_000 },
      ),
    ended,
  };
}
