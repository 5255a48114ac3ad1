import { createInterface } from "node:readline";
import { startProgram } from "@likeness/test-processes/run-program.ts";

const preload = new URL("leave-with-parent.ts", import.meta.url).href;

/** The environment variables that a bot inherits; none is a setting of the bot. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "TZ", "SystemRoot"];

/** A bot in a process of its own. */
export interface BotProcess {
  /** Resolves to a description of how it ended. Never rejects. */
  readonly ended: Promise<string>;
  /** Asks it to stop, and kills it if it does not in time. */
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

/** A kill does no harm, so the studio does not wait for a paid request as a deployment does. */
const killAfterMilliseconds = 10_000;

/** Starts a bot in a separate process. */
export function spawnBot({ program, settings, onLine, onComplaint }: BotOptions): BotProcess {
  const environment = Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  // Detached, because the studio stops the bot after Ctrl-C. The channel tells the bot when the studio has ended.
  const { child, ...started } = startProgram(program, {
    nodeOptions: ["--import", preload],
    env: { ...environment, ...settings },
    ipc: true,
    detached: true,
  });
  createInterface(child.stdout).on("line", onLine);
  createInterface(child.stderr).on("line", onComplaint);
  const ended = started.ended.then(
    ({ code, signal }) => (signal ? `it was ended by ${signal}` : `exit code ${code}`),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return {
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), killAfterMilliseconds);
      await ended;
      clearTimeout(timer);
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
