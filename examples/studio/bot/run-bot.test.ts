import { expect, it, vi } from "vitest";
import { runBot } from "./run-bot.ts";
import type { BotProcess } from "./spawn-bot.ts";

/** A bot that ends when the test says so. */
function playedBot(name?: string) {
  const runs: { end: (how: string) => void; complain: (line: string) => void }[] = [];
  let ready = false;
  const bot = runBot({
    name,
    spawn: (complain): BotProcess => {
      let end: (how: string) => void = () => undefined;
      const ended = new Promise<string>((resolve) => (end = resolve));
      runs.push({ end, complain });
      return { ended, stop: async () => end("exit code 0"), kill: () => end("it was ended by SIGKILL") };
    },
    isReady: async () => ready,
    onComplaint: () => undefined,
  });
  return { bot, runs, become: (state: boolean) => void (ready = state) };
}

it("is ready when the bot says so", async () => {
  const { bot, become } = playedBot();
  expect(bot.status().state).toBe("starting");
  become(true);
  await bot.ready;
  expect(bot.status()).toEqual({ state: "running", line: "The bot is running." });
  await bot.stop();
  expect(bot.status().state).toBe("stopped");
});

it("tells the last words of a bot that never got ready", async () => {
  const { bot, runs } = playedBot();
  runs[0]?.complain("FAL_KEY is missing");
  runs[0]?.end("exit code 1");
  await expect(bot.ready).rejects.toThrow("The bot ended before it was ready (exit code 1).\nFAL_KEY is missing");
  await bot.stop();
});

it("starts a bot again that ends by itself, and says so meanwhile", async () => {
  const { bot, runs, become } = playedBot();
  const lines: string[] = [];
  bot.subscribe(() => lines.push(bot.status().line));
  become(true);
  await bot.ready;
  runs[0]?.end("it was ended by SIGKILL");
  await vi.waitFor(() => expect(runs).toHaveLength(2), 5_000);
  await vi.waitFor(() => expect(bot.status().state).toBe("running"));
  expect(lines).toStrictEqual([
    "The bot is running.",
    "The bot ended by itself (it was ended by SIGKILL). It is started again in 1 s.",
    "The bot is starting again.",
    "The bot is running.",
  ]);
  await bot.stop();
});

it("starts a bot again that was killed, after a second however often", async () => {
  const { bot, runs, become } = playedBot();
  bot.kill();
  become(true);
  await bot.ready;
  for (const count of [2, 3]) {
    bot.kill();
    await vi.waitFor(() =>
      expect(bot.status()).toEqual({ state: "waiting", line: "The bot was killed. It is started again in 1 s." }),
    );
    await vi.waitFor(() => expect(runs).toHaveLength(count), 5_000);
    await vi.waitFor(() => expect(bot.status().state).toBe("running"));
  }
  await bot.stop();
});

it("says which one of several bots it is", async () => {
  const { bot, runs, become } = playedBot("Bot 2");
  become(true);
  await bot.ready;
  expect(bot.status()).toStrictEqual({ name: "Bot 2", state: "running", line: "Bot 2 is running." });
  runs[0]?.end("exit code 1");
  await vi.waitFor(() =>
    expect(bot.status().line).toBe("Bot 2 ended by itself (exit code 1). It is started again in 1 s."),
  );
  await bot.stop();
});

it("does not start a bot again that it was told to stop", async () => {
  const { bot, runs, become } = playedBot();
  become(true);
  await bot.ready;
  runs[0]?.end("exit code 1");
  await vi.waitFor(() => expect(bot.status().state).toBe("waiting"));
  await bot.stop();
  expect(runs).toHaveLength(1);
});

it("asks a bot that ends whether it is ready until it has gone, because the bot waits for that", async () => {
  let hear: () => void = () => undefined;
  const heard = new Promise<string>((resolve) => (hear = () => resolve("exit code 0")));
  let ending = false;
  const bot = runBot({
    spawn: (): BotProcess => ({
      ended: heard,
      stop: async () => {
        ending = true;
        await heard;
      },
      kill: () => undefined,
    }),
    isReady: async () => {
      if (ending) hear();
      return true;
    },
    onComplaint: () => undefined,
  });
  await bot.ready;
  await bot.stop();
  expect(bot.status().state).toBe("stopped");
});
