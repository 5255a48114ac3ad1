import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** The reference bot as an operator runs it: a separate process, configured only by its environment. */
export interface BotProcess {
  /** Starts it and waits until it is ready. */
  start(): Promise<void>;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
  /** Asks it to stop, and returns its exit code. */
  stop(): Promise<number | null>;
  /** The output of all its runs. */
  output(): string;
}

export function botProcess(environment: NodeJS.ProcessEnv, url: string): BotProcess {
  let child: ChildProcess | undefined;
  let output = "";
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    start: async () => {
      const started = spawn(process.execPath, [main], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      while (!(await isReady(url))) {
        if (started.exitCode !== null) throw new Error(`the bot did not start:\n${output}`);
        await wait(25);
      }
    },
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    output: () => output,
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
