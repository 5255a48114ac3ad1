import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const program = fileURLToPath(new URL("../studio.ts", import.meta.url));

export interface StartedStudio {
  /** The line that it prints when it is ready; everything it prints, if it ended instead. */
  readonly said: string;
  readonly url: string;
  readonly pid: number;
  /** Ends it. Resolves to how it ended and what it complained about. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; complaints: string }>;
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Four ports that nobody else is likely to want: below those that systems give out by themselves. */
const somePort = (): number => 12_000 + 4 * Math.floor(Math.random() * 4_000);

/** Starts the studio as a person does in a folder, and waits until it is up or has ended. */
export async function startStudio(folder: string, typed: readonly string[] = []): Promise<StartedStudio> {
  const port = typed.includes("--port") ? [] : ["--port", String(somePort())];
  const env = { ...process.env, INIT_CWD: folder };
  const child = spawn(process.execPath, [program, ...port, ...typed], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const complaints = text(child.stderr);
  const ended = once(child, "close");
  const first = once(createInterface(child.stdout), "line").then(([line]) => String(line));
  const said = await Promise.race([first, ended.then(() => complaints)]);
  return {
    said,
    url: said.trim(),
    pid: Number(child.pid),
    end: async (signal) => {
      child.kill(signal);
      await ended;
      return { code: child.exitCode, signal: child.signalCode, complaints: await complaints };
    },
  };
}
