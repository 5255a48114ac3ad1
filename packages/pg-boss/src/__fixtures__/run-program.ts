import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { RunningCase } from "@likeness/testing";

export interface Program {
  readonly process: ChildProcess;
  /** What it has said, a line each. */
  readonly lines: readonly string[];
  readonly ended: Promise<unknown>;
}

/** Runs a program of `__fixtures__/processes` in a process of its own. */
export function runProgram({ onTestFinished }: RunningCase, name: string, ...parameters: string[]): Program {
  const path = fileURLToPath(new URL(`processes/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path, ...parameters], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  return { process: child, lines, ended: once(child, "close") };
}
