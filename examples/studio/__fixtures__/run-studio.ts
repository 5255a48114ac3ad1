import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../studio.ts", import.meta.url));

export interface RunStudio {
  /** The line that it prints when it is ready, or its error output if it ended instead. */
  readonly said: string;
  readonly url: string;
  readonly pid: number;
  /** Stops it. Resolves to its exit and its error output. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; complaints: string }>;
}

/** Four ports that are probably free: below the range of ephemeral ports. */
const somePort = (): number => 12_000 + 4 * Math.floor(Math.random() * 4_000);

/** Starts the studio in a folder, and waits until it is ready or has ended. */
export async function runStudio(folder: string, typed: readonly string[] = []): Promise<RunStudio> {
  const port = typed.includes("--port") ? [] : ["--port", String(somePort())];
  const env = { ...process.env, INIT_CWD: folder };
  const child = spawn(process.execPath, [program, ...port, ...typed], { env, stdio: ["ignore", "pipe", "pipe"] });
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
