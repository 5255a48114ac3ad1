import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runProgram, type RunningProgram } from "@likeness/test-processes/run-program.ts";

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

export function botProcess(env: NodeJS.ProcessEnv, url: string): BotProcess {
  const runs: RunningProgram[] = [];
  const end = async (signal: NodeJS.Signals): Promise<number | null> => (await runs.at(-1)?.end(signal))?.code ?? null;
  const output = (): string => runs.map((run) => Object.values(run.now()).join("")).join("");
  return {
    start: async () => {
      const run = runProgram(main, { env });
      runs.push(run);
      // Until then nothing answers, and asking takes processor time from what is asked.
      await run.said(/"msg":"Server listening/);
      while (!(await isReady(url))) {
        if (run.child.exitCode !== null) throw new Error(`the bot did not start:\n${output()}`);
        await wait(25);
      }
    },
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    output,
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
