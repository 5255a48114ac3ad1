import { serveTelegramFake, telegramFake, type TelegramFake } from "@likeness/grammy/testing";
import { recordingLog, testClock, type RecordingLog, type TestClock } from "@likeness/testing";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { UpdateMode } from "../settings/settings.ts";
import { joinTelegram } from "./join-telegram.ts";
import { openBot } from "./open-bot.ts";

const token = "4242:a-token";
const polling: UpdateMode = { type: "polling" };
const webhook: UpdateMode = { type: "webhook", url: "https://bot.example/telegram/update", secretToken: "a-secret" };

describe("joinTelegram", () => {
  let telegram: TelegramFake;
  let apiRoot: string;
  let clock: TestClock;
  let log: RecordingLog;
  let ending: AbortController;

  beforeEach(async () => {
    telegram = telegramFake({ token });
    const server = await serveTelegramFake(telegram);
    onTestFinished(async () => {
      await server.close();
      await telegram.close();
    });
    apiRoot = server.url;
    clock = testClock();
    log = recordingLog();
    ending = new AbortController();
  });

  const join = (mode: UpdateMode, as = token) => {
    const bot = openBot({ token: as, apiRoot, mode });
    return { bot, joined: joinTelegram(bot, mode, { clock, log, ending: ending.signal }) };
  };

  const calls = () => telegram.control.calls.map(({ method, payload }) => [method, payload]);

  /** How long it waited each time, once it has done so. */
  const waited = async (...pauses: readonly { level: "warn" | "info"; seconds: number }[]) => {
    for (const [index, { level, seconds }] of pauses.entries()) {
      await vi.waitFor(() => expect(log.entries).toHaveLength(index + 1));
      expect(log.entries[index]).toMatchObject({ level, fields: { seconds } });
      await clock.advance(seconds);
    }
  };
  const failed = (seconds: number) => ({ level: "warn", seconds }) as const;

  it("learns who the bot is, and removes a webhook before updates are fetched", async () => {
    const { bot, joined } = join(polling);
    expect(await joined).toBe(true);
    expect(bot.botInfo).toMatchObject({ id: 4242, is_bot: true });
    expect(calls()).toStrictEqual([
      ["getMe", {}],
      ["deleteWebhook", {}],
    ]);
  });

  it("names the webhook, its secret and the updates that it wants", async () => {
    expect(await join(webhook).joined).toBe(true);
    const allowed_updates = ["message", "edited_message", "callback_query", "pre_checkout_query", "my_chat_member"];
    expect(calls()).toStrictEqual([
      ["getMe", {}],
      ["setWebhook", { url: "https://bot.example/telegram/update", secret_token: "a-secret", allowed_updates }],
    ]);
  });

  it("waits longer and longer for a Telegram that is down, and as long as one asks that is busy", async () => {
    telegram.control.fault({ method: "getMe", answer: "drop" });
    telegram.control.fault({ method: "getMe", answer: { error_code: 502, html: true } });
    telegram.control.fault({ method: "deleteWebhook", answer: { error_code: 429, retry_after: 30 } });
    const { joined } = join(polling);
    await waited(failed(1), failed(2), { level: "info", seconds: 30 });
    expect(await joined).toBe(true);
  });

  it("never waits longer than a minute by itself", async () => {
    telegram.control.fault({ method: "getMe", answer: { error_code: 500 }, times: 8 });
    const { joined } = join(polling);
    await waited(...[1, 2, 4, 8, 16, 32, 60, 60].map(failed));
    expect(await joined).toBe(true);
  });

  it("waits no longer once the end has come", async () => {
    telegram.control.fault({ method: "getMe", answer: { error_code: 500 }, untilCleared: true });
    const { joined } = join(polling);
    await vi.waitFor(() => expect(log.entries).toHaveLength(1));
    ending.abort();
    expect(await joined).toBe(false);
  });

  it("throws what waiting does not mend: a token that Telegram does not know", async () => {
    await expect(join(polling, "4242:another-token").joined).rejects.toThrow(
      "TELEGRAM_BOT_TOKEN is not known to Telegram: Call to 'getMe' failed! (401: Unauthorized)",
    );
    expect(log.entries).toStrictEqual([]);
  });
});
