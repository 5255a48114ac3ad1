import { setTimeout as wait } from "node:timers/promises";
import type { BotStatus } from "../protocol.ts";
import type { BotOptions, BotProcess } from "./spawn-bot.ts";

export interface RunBotOptions extends Pick<BotOptions, "onComplaint"> {
  /** Its name among several bots, e.g. `Bot 2`; absent if it is the only one. */
  readonly name?: string;
  spawn(onComplaint: (line: string) => void): BotProcess;
  /** Whether it can serve people now. */
  isReady(): Promise<boolean>;
}

export interface RunningBot {
  status(): BotStatus;
  subscribe(listener: () => void): () => void;
  /** Resolves when it is ready for the first time; rejects with its last output if it ends before that. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
  /** Kills it, if it runs; it is restarted as after any other end. */
  kill(): void;
}

const askMilliseconds = 100;
const longestPauseSeconds = 30;
/** After a run of this length, the pause before the next restart is the shortest again. */
const goodRunMilliseconds = 60_000;
const keptComplaints = 20;

/** Keeps the bot running: when it ends by itself, it is restarted after a growing pause. */
export function runBot({ name, spawn, isReady, onComplaint }: RunBotOptions): RunningBot {
  const title = name ?? "The bot";
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  let status: BotStatus = { name, state: "starting", line: `${title} is starting.` };
  let running: BotProcess | undefined;
  let killed = false;
  let complaints: readonly string[] = [];

  const become = (state: BotStatus["state"], line: string): void => {
    status = { name, state, line };
    for (const listener of listeners) listener();
  };

  /** Starts it once. Resolves to how it ended. */
  const runOnce = async (onReady: () => void): Promise<string> => {
    complaints = [];
    const current = spawn((line) => {
      complaints = [...complaints, line].slice(-keptComplaints);
      onComplaint(line);
    });
    running = current;
    const over = new AbortController();
    void current.ended.then(() => over.abort());
    const waiting = untilReady(isReady, over.signal).then((ready) => {
      if (!ready || stopping.signal.aborted) return;
      become("running", `${title} is running.`);
      onReady();
    });
    const end = await current.ended;
    await waiting;
    return end;
  };

  const keepRunning = async (onReady: () => void, onFirstEnd: (why: string) => void): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted;) {
      const began = Date.now();
      killed = false;
      const end = await runOnce(onReady);
      if (stopping.signal.aborted) break;
      onFirstEnd([`${title} ended before it was ready (${end}).`, ...complaints].join("\n"));
      failures = killed || Date.now() - began > goodRunMilliseconds ? 1 : failures + 1;
      const seconds = Math.min(2 ** (failures - 1), longestPauseSeconds);
      const why = killed ? `${title} was killed.` : `${title} ended by itself (${end}).`;
      become("waiting", `${why} It is started again in ${seconds} s.`);
      await wait(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) become("starting", `${title} is starting again.`);
    }
    become("stopped", `${title} is stopped.`);
  };

  let over: Promise<void> = Promise.resolve();
  const ready = new Promise<void>((resolve, reject) => {
    over = keepRunning(resolve, (why) => reject(new Error(why)));
  });
  return {
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready,
    stop: async () => {
      stopping.abort();
      const gone = new AbortController();
      const asked = keepAsking(isReady, gone.signal);
      await running?.stop();
      gone.abort();
      await Promise.all([asked, over]);
    },
    kill: () => {
      if (status.state !== "running" || stopping.signal.aborted) return;
      killed = true;
      running?.kill();
    },
  };
}

/** Polls the readiness of a stopping bot, because it waits until its callers know that it is not ready any more. */
async function keepAsking(isReady: () => Promise<boolean>, gone: AbortSignal): Promise<void> {
  while (!gone.aborted) {
    await isReady();
    await wait(askMilliseconds, undefined, { signal: gone }).catch(() => undefined);
  }
}

async function untilReady(isReady: () => Promise<boolean>, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    if (await isReady()) return true;
    await wait(askMilliseconds, undefined, { signal: over }).catch(() => undefined);
  }
  return false;
}
