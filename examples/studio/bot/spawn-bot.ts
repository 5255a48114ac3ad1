import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const preload = new URL("leave-with-parent.ts", import.meta.url).href;

/** The environment variables that a bot inherits; none is a setting of the bot. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "TZ", "SystemRoot"];

export interface BotRun {
  /** Resolves to a description of how it ended. Never rejects. */
  readonly ended: Promise<string>;
  /** Asks it to stop, and kills it after its grace. */
  stop(): Promise<void>;
  /** Kills it. */
  kill(): void;
}

export interface BotOptions {
  /** The file that Node runs. */
  readonly program: string;
  readonly settings: Readonly<Record<string, string>>;
  onLine(line: string): void;
  onComplaint(line: string): void;
}

const graceMilliseconds = 10_000;

/** Starts a bot in a separate process. */
export function spawnBot({ program, settings, onLine, onComplaint }: BotOptions): BotRun {
  const environment = Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child = spawn(process.execPath, ["--import", preload, program], {
    env: { ...environment, ...settings },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // A separate process group, so that Ctrl-C reaches only the studio, which stops the bot.
    detached: true,
  });
  if (child.stdout) createInterface(child.stdout).on("line", onLine);
  if (child.stderr) createInterface(child.stderr).on("line", onComplaint);
  const ended = howItEnds(child);
  return {
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
      await ended;
      clearTimeout(timer);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

async function howItEnds(child: ChildProcess): Promise<string> {
  try {
    const [code, signal]: [number | null, NodeJS.Signals | null] = (await once(child, "close")) as [
      number | null,
      NodeJS.Signals | null,
    ];
    return signal ? `it was ended by ${signal}` : `exit code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
