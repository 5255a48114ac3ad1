import { systemClock } from "@likeness/core";
import { testStart } from "@likeness/testing";
import { Bot, HttpError } from "grammy";
import { describe, expect, it } from "vitest";
import { refusalOf, servedFake, startedFake, token } from "./__fixtures__/served-fake.ts";
import { until } from "./__fixtures__/until.ts";
import { serveTelegramFake } from "./serve-telegram-fake.ts";
import { telegramFake } from "./telegram-fake.ts";

const botInfo = {
  id: 123456,
  is_bot: true,
  first_name: "Likeness",
  username: "likeness_bot",
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: true,
  allows_users_to_create_topics: true,
};

describe("a bot that polls", () => {
  it("starts, hears a person, answers, is pressed and stops", async () => {
    const { fake, url, ada } = await servedFake();
    const bot = new Bot(token, { client: { apiRoot: url } });
    bot.command("start", async (context) => {
      await context.reply(`Hello ${context.from?.first_name}`, {
        reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] },
      });
    });
    bot.callbackQuery("go", async (context) => {
      await context.answerCallbackQuery({ text: "Going", show_alert: true });
      await context.editMessageText("Gone");
    });
    const running = bot.start({ allowed_updates: ["message", "callback_query"] });

    ada.says("/start");
    await expect.poll(() => ada.chat().length).toBe(2);
    await expect(ada.presses({ text: "Go" }).answer).resolves.toStrictEqual({ text: "Going", showAlert: true });
    await expect.poll(() => ada.chat().at(-1)?.text).toBe("Gone");
    await bot.stop();
    await running;

    expect(fake.control.calls.map(({ method }) => method)).toStrictEqual([
      "getMe",
      "deleteWebhook",
      "getUpdates",
      "sendMessage",
      "getUpdates",
      "answerCallbackQuery",
      "editMessageText",
      "getUpdates",
      "getUpdates",
    ]);
    expect(fake.snapshot().updates).toStrictEqual([]);
    const shown = {
      id: 2,
      from: "bot",
      at: testStart,
      text: "Gone",
      buttons: [],
      edited: true,
    };
    expect(ada.chat().at(-1)).toStrictEqual(shown);
  });

  it("sends messages and files side by side with a poll that waits, on the computer's clock, too", async () => {
    const fake = telegramFake({ token, clock: systemClock });
    const server = await serveTelegramFake(fake);
    const bot = new Bot(token, { client: { apiRoot: server.url } });
    const ada = fake.control.person(42);
    bot.on("message", (context) => context.reply(context.message.text ?? "?"));
    const running = bot.start();
    ada.says("one");
    await expect.poll(() => ada.chat().map(({ text }) => text)).toStrictEqual(["one", "one"]);
    await bot.stop();
    await running;
    await server.close();
    await fake.close();
  });
});

describe("requests", () => {
  it("introduces the bot", async () => {
    const { api } = await servedFake();
    await expect(api.getMe()).resolves.toStrictEqual(botInfo);
    const other = await servedFake({ bot: { id: 7, first_name: "Other", username: "other_bot" } });
    await expect(other.api.getMe()).resolves.toStrictEqual({
      ...botInfo,
      id: 7,
      first_name: "Other",
      username: "other_bot",
    });
  });

  it("come in every encoding there is, and with any spelling of the method", async () => {
    const { url, ada } = await startedFake();
    const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: "Go", callback_data: "go" }]] });
    const base = `${url}/bot${token}`;
    const form = new FormData();
    const fields = { chat_id: "42", text: "Hi", reply_markup };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const answers = [
      await fetch(`${base}/sendmessage?${String(new URLSearchParams(fields))}`),
      await fetch(`${base}/SENDMESSAGE`, { method: "POST", body: new URLSearchParams(fields) }),
      await fetch(`${base}/sendMessage`, { method: "POST", body: form }),
      await fetch(`${base}/sendMessage`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields),
      }),
      await fetch(`${base.replace(":fake", "%3Afake")}/sendMessage`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...fields, chat_id: 42, reply_markup: JSON.parse(reply_markup), entities: null }),
      }),
    ];
    expect(answers.map(({ status }) => status)).toStrictEqual([200, 200, 200, 200, 200]);
    const shown = ada.chat().slice(1);
    expect(shown.map(({ id: _id, ...message }) => message)).toStrictEqual(
      answers.map(() => ({
        from: "bot",
        at: testStart,
        text: "Hi",
        buttons: [[{ text: "Go", data: "go" }]],
        edited: false,
      })),
    );
  });

  it("are refused with the HTTP status of the error", async () => {
    const { url } = await servedFake();
    const get = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${url}${path}`, init);
      return [response.status, await response.json()];
    };
    const answers = await Promise.all([
      get("/bot1:wrong/getMe"),
      get(`/bot${token}/getMoney`),
      get(`/bot${token}/constructor`),
      get("/elsewhere"),
      get(`/file/bot1:wrong/photos/file_1.jpg`),
      get(`/bot${token}/sendMessage`, { method: "POST", headers: { "content-type": "application/json" }, body: "{" }),
      get(`/bot${token}/sendMessage?chat_id=42&text=a&reply_markup=%7B`),
    ]);
    const refusal = (error_code: number, description: string) => [error_code, { ok: false, error_code, description }];
    expect(answers).toStrictEqual([
      refusal(401, "Unauthorized"),
      refusal(404, "Not Found: method not found"),
      refusal(404, "Not Found: method not found"),
      refusal(404, "Not Found"),
      refusal(401, "Unauthorized"),
      refusal(400, "Bad Request: can't parse request: JSON object is expected"),
      refusal(400, "Bad Request: can't parse reply markup JSON object"),
    ]);
  });

  it("are written down with what came of them", async () => {
    const { fake, api } = await servedFake();
    await refusalOf(api.sendMessage(42, "Hi", { disable_notification: true }));
    await api.getWebhookInfo();
    expect(fake.control.calls).toStrictEqual([
      {
        method: "sendMessage",
        payload: { chat_id: 42, text: "Hi", disable_notification: true },
        at: testStart,
        answer: {
          ok: false,
          error_code: 403,
          description: "Forbidden: bot can't initiate conversation with a user",
        },
      },
      {
        method: "getWebhookInfo",
        payload: {},
        at: testStart,
        answer: {
          ok: true,
          result: { url: "", has_custom_certificate: false, pending_update_count: 0 },
        },
      },
    ]);
  });

  it("are network errors once the fake is closed, and a poll that waits ends", async () => {
    const { fake, api } = await servedFake();
    const poll = api.getUpdates({ timeout: 30 });
    await until(() => expect(fake.control.calls).toHaveLength(1));
    await fake.close();
    await expect(poll).resolves.toStrictEqual([]);
    await expect(api.getMe()).rejects.toThrow(HttpError);
  });
});
