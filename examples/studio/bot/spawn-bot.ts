import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const preload = new URL("leave-with-parent.ts", import.meta.url).href;

/** How much of the person's environment a bot needs; none of it is a setting of the bot. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "TZ", "SystemRoot"];

export interface BotRun {
  /** Resolves to how it ended, for people. Rejects never. */
  readonly ended: Promise<string>;
  /** Asks it to stop; after its grace it is killed. */
  stop(): Promise<void>;
  /** Ends it at once, without asking. */
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

/** Starts a bot as it is, in a process of its own. */
export function spawnBot({ program, settings, onLine, onComplaint }: BotOptions): BotRun {
  const environment = Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child = spawn(process.execPath, ["--import", preload, program], {
    env: { ...environment, ...settings },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // A group of its own: Ctrl-C goes to the studio, and the studio stops the bot.
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
