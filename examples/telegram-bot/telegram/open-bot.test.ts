import { serveTelegramFake, telegramFake } from "@likeness/grammy/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBot } from "./open-bot.ts";

const token = "4242:a-token";

async function open() {
  const telegram = telegramFake({ token });
  const { url, close } = await serveTelegramFake(telegram);
  onTestFinished(async () => {
    await close();
    await telegram.close();
  });
  telegram.control.person(7).says("/start");
  const bot = openBot({ token, apiRoot: url, mode: { type: "polling" } });
  return { control: telegram.control, send: () => bot.api.sendMessage(7, "Hello") };
}

describe("openBot", () => {
  it("waits out a short flood wait, once", async () => {
    const { control, send } = await open();
    control.fault({ method: "sendMessage", answer: { error_code: 429, retry_after: 1 } });
    await expect(send()).resolves.toMatchObject({ text: "Hello" });
    control.fault({ method: "sendMessage", answer: { error_code: 429, retry_after: 1 }, times: 2 });
    await expect(send()).rejects.toMatchObject({ error_code: 429 });
  });

  it.each([
    ["a long flood wait", { error_code: 429, retry_after: 3 }],
    ["an error of Telegram", { error_code: 500 }],
    ["an answer that was lost, after which the message may be there", "apply-then-drop"],
  ] as const)("does not repeat a call after %s", async (_, answer) => {
    const { control, send } = await open();
    control.fault({ method: "sendMessage", answer });
    await expect(send()).rejects.toThrow("sendMessage");
    expect(control.calls).toHaveLength(1);
  });
});
