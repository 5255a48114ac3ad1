import { addSeconds } from "@likeness/core";
import { testStart } from "@likeness/testing";
import { Bot, webhookCallback } from "grammy";
import { describe, expect, it, onTestFinished } from "vitest";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { receiver, status } from "../__fixtures__/receiver.ts";
import { refusalOf, startedFake, token } from "../__fixtures__/served-fake.ts";
import { until } from "../__fixtures__/until.ts";

/** A fake whose webhook leads to a receiver. */
async function hooked(options: { secret_token?: string; max_connections?: number } = {}) {
  const bench = await startedFake();
  const application = await receiver();
  await bench.api.setWebhook(application.url, options);
  const seconds = () =>
    bench.fake.control.deliveries.map(({ at, attempt, answer }) => [
      (Date.parse(at) - Date.parse(testStart)) / 1000,
      attempt,
      answer,
    ]);
  return { ...bench, ...application, seconds };
}

describe("a webhook", () => {
  it("gets updates with the secret and is told nothing twice", async () => {
    const { fake, ada, received, api } = await hooked({ secret_token: "s3cret_-" });
    const { messageId } = ada.says("one");
    await until(() => expect(fake.control.deliveries).toHaveLength(1));
    expect(received).toHaveLength(1);
    expect(received[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": "s3cret_-",
    });
    const { update } = received[0] ?? {};
    expect(update).toStrictEqual(fake.control.updates.at(-1));
    expect(update?.message).toStrictEqual({
      message_id: messageId,
      from: { id: 42, is_bot: false, first_name: "Ada", language_code: "en" },
      chat: { id: 42, type: "private", first_name: "Ada" },
      date: Date.parse(testStart) / 1000,
      text: "one",
    });
    expect(fake.control.deliveries).toStrictEqual([
      { updateId: update?.update_id, attempt: 1, at: testStart, answer: 200 },
    ]);
    await expect(api.getWebhookInfo()).resolves.toMatchObject({ pending_update_count: 0 });
  });

  it("takes a grammY bot that listens", async () => {
    const { fake, url, api, ada } = await startedFake();
    const bot = new Bot(token, { client: { apiRoot: url } });
    bot.on("message:text", (context) => context.reply(context.message.text.toUpperCase()));
    const handle = webhookCallback(bot, "http", { secretToken: "secret" });
    const listener = createServer((request, response) => void handle(request, response));
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    onTestFinished(() => {
      listener.closeAllConnections();
      listener.close();
    });
    await api.setWebhook(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`, { secret_token: "secret" });
    ada.says("one");
    await expect.poll(() => ada.chat().at(-1)?.text).toBe("ONE");
    await until(() => expect(fake.control.deliveries).toMatchObject([{ answer: 200 }]));
  });

  it("is tried again at once, then after 2, 4, 8… seconds, up to a minute", async () => {
    const { clock, ada, answers, seconds, api } = await hooked();
    answers.push(...Array.from({ length: 8 }, () => status(500)));
    ada.says("one");
    await until(() => expect(seconds()).toHaveLength(2));
    for (const [index, pause] of [2, 4, 8, 16, 32, 60, 60].entries()) {
      await clock.advance(pause - 0.1);
      expect(seconds()).toHaveLength(index + 2);
      await clock.advance(0.1);
      await until(() => expect(seconds()).toHaveLength(index + 3));
    }
    expect(seconds()).toStrictEqual([
      [0, 1, 500],
      [0, 2, 500],
      [2, 3, 500],
      [6, 4, 500],
      [14, 5, 500],
      [30, 6, 500],
      [62, 7, 500],
      [122, 8, 500],
      [182, 9, 200],
    ]);
    await expect(api.getWebhookInfo()).resolves.toMatchObject({
      pending_update_count: 0,
      last_error_message: "Wrong response from the webhook: 500 Internal Server Error",
      last_error_date: Date.parse(testStart) / 1000 + 122,
    });
  });

  it("is tried again when it asks to be", async () => {
    const { clock, ada, answers, seconds } = await hooked();
    answers.push(status(503, { "retry-after": "30" }));
    ada.says("one");
    await until(() => expect(seconds()).toHaveLength(1));
    await clock.advance(29);
    expect(seconds()).toHaveLength(1);
    await clock.advance(1);
    await until(() => expect(seconds()).toHaveLength(2));
    expect(seconds()).toStrictEqual([
      [0, 1, 503],
      [30, 2, 200],
    ]);
  });

  it("is tried again after a dropped connection, a redirect and a minute of silence", async () => {
    const { clock, ada, answers, seconds, api } = await hooked();
    answers.push(
      (response) => response.destroy(),
      status(302, { location: "/elsewhere" }),
      () => undefined,
    );
    ada.says("one");
    await until(() => expect(seconds()).toHaveLength(2));
    await clock.advance(2);
    await until(() => expect(answers).toHaveLength(0));
    await clock.advance(60);
    await until(() => expect(seconds()).toHaveLength(3));
    await expect(api.getWebhookInfo()).resolves.toMatchObject({ last_error_message: "Read timeout expired" });
    await clock.advance(4);
    await until(() => expect(seconds()).toHaveLength(4));
    expect(seconds()).toStrictEqual([
      [0, 1, "unreachable"],
      [0, 2, 302],
      [2, 3, "timeout"],
      [66, 4, 200],
    ]);
  });

  it("gets the messages of one chat one after another, and presses and other chats beside them", async () => {
    const { fake, ada, api, answers, received } = await hooked();
    const brook = fake.control.person(43, { firstName: "Brook" });
    await api.sendMessage(42, "Go?", { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } });
    const held: (() => void)[] = [];
    answers.push((response) => void held.push(() => response.end()));
    ada.says("one");
    ada.says("two");
    await until(() => expect(received).toHaveLength(1));
    void ada.presses({ text: "Go" });
    brook.says("three");
    await until(() => expect(fake.control.deliveries).toHaveLength(2));
    const heard = () => received.map(({ update }) => update.message?.text ?? update.callback_query?.data);
    expect(heard()).toStrictEqual(["one", "go", "three"]);
    held[0]?.();
    await until(() => expect(fake.control.deliveries).toHaveLength(4));
    expect(heard()).toStrictEqual(["one", "go", "three", "two"]);
  });

  it("gets no more at once than it takes", async () => {
    const answers: (() => void)[] = [];
    const deliver = () => new Promise<Response>((resolve) => answers.push(() => resolve(new Response())));
    const { fake, api, ada } = await startedFake({ deliver });
    await api.setWebhook("https://example.com", { max_connections: 2 });
    ada.says("one");
    for (const id of [43, 44, 45]) fake.control.person(id).says("one");
    // Nothing here needs the network, so one turn of the event loop is enough for all that is sent.
    await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toHaveLength(2);
    answers[0]?.();
    await until(() => expect(fake.control.deliveries).toHaveLength(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toHaveLength(3);
    for (const answer of answers) answer();
    await until(() => expect(answers).toHaveLength(4));
    answers[3]?.();
    await until(() => expect(fake.control.deliveries).toHaveLength(4));
  });

  it("loses a press after 150 seconds and a message after a day", async () => {
    const { clock, ada, api, answers, seconds, received } = await hooked();
    await api.sendMessage(42, "Go?", { reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] } });
    const unwilling = () => status(503, { "retry-after": "140" });
    answers.push(unwilling(), unwilling());
    void ada.presses({ text: "Go" });
    await until(() => expect(seconds()).toHaveLength(1));
    await clock.advance(140);
    await until(() => expect(seconds()).toHaveLength(2));
    await until(async () => expect(await api.getWebhookInfo()).toMatchObject({ pending_update_count: 0 }));
    await clock.advance(3600);
    expect(received).toHaveLength(2);

    answers.push(...Array.from({ length: 30 }, () => status(503, { "retry-after": "3600" })));
    ada.says("one");
    await until(() => expect(seconds()).toHaveLength(3));
    for (let hour = 1; hour <= 23; hour++) {
      await clock.advance(3600);
      await until(() => expect(seconds()).toHaveLength(3 + hour));
    }
    await clock.advance(2 * 3600);
    await expect(api.getWebhookInfo()).resolves.toMatchObject({ pending_update_count: 0 });
    expect(received).toHaveLength(26);
  });

  it("is removed after 23 hours of 410", async () => {
    const { clock, ada, api, answers, seconds } = await hooked();
    answers.push(...Array.from({ length: 30 }, () => status(410, { "retry-after": "3600" })));
    ada.says("one");
    await until(() => expect(seconds()).toHaveLength(1));
    for (let hour = 1; hour <= 23; hour++) {
      await clock.advance(3600);
      await until(() => expect(seconds()).toHaveLength(1 + hour));
    }
    await expect(api.getWebhookInfo()).resolves.toMatchObject({ url: expect.stringContaining("/telegram") });
    ada.says("two");
    await clock.advance(3600);
    await until(async () => expect(await api.getWebhookInfo()).toMatchObject({ url: "" }));
  });

  it("can answer with a call, but not with one that gets something", async () => {
    const { ada, answers, fake } = await hooked();
    const reply = (body: object) => (response: { end(text: string): unknown }) =>
      void response.end(JSON.stringify(body));
    answers.push(
      reply({ method: "sendMessage", chat_id: 42, text: "Hello" }),
      reply({ method: "getMe" }),
      reply({ ok: true }),
    );
    ada.says("one");
    ada.says("two");
    ada.says("three");
    await until(() => expect(fake.control.deliveries).toHaveLength(3));
    expect(ada.chat().at(-1)?.text).toBe("Hello");
    expect(fake.control.calls.map(({ method }) => method).slice(-2)).toStrictEqual(["setWebhook", "sendMessage"]);
  });

  it("gets an update once more on request", async () => {
    const { ada, fake, received } = await hooked();
    ada.says("one");
    await until(() => expect(fake.control.deliveries).toHaveLength(1));
    fake.control.deliverAgain(received[0]?.update.update_id ?? 0);
    await until(() => expect(received).toHaveLength(2));
    expect(received[1]?.update).toStrictEqual(received[0]?.update);
  });
});

describe("setWebhook", () => {
  it("refuses what Telegram refuses, and more than one a second", async () => {
    const { clock, api } = await startedFake();
    const refusals = [
      await refusalOf(api.setWebhook("nowhere")),
      await refusalOf(api.setWebhook("http://127.0.0.1:9", { secret_token: "with space" })),
      await refusalOf(api.setWebhook("http://127.0.0.1:9", { secret_token: "a".repeat(257) })),
    ];
    expect(refusals.map(({ description }) => description)).toStrictEqual([
      "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
      "Bad Request: secret token contains unallowed characters",
      "Bad Request: secret token is too long",
    ]);
    await api.setWebhook("http://127.0.0.1:9/a");
    await expect(refusalOf(api.setWebhook("http://127.0.0.1:9/b"))).resolves.toStrictEqual({
      error_code: 429,
      description: "Too Many Requests: retry after 1",
      parameters: { retry_after: 1 },
    });
    await clock.advance(1);
    await expect(api.setWebhook("http://127.0.0.1:9/b")).resolves.toBe(true);
  });

  it("shows what is set, and leaves updates to a poll when it is gone", async () => {
    const { api, ada } = await startedFake();
    await api.setWebhook("http://127.0.0.1:9/a", { max_connections: 500, allowed_updates: ["message"] });
    await expect(api.getWebhookInfo()).resolves.toStrictEqual({
      url: "http://127.0.0.1:9/a",
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 100,
      allowed_updates: ["message"],
    });
    ada.says("one");
    await until(async () =>
      expect(await api.getWebhookInfo()).toMatchObject({
        pending_update_count: 1,
        last_error_message: "Connection refused",
        last_error_date: Date.parse(addSeconds(testStart, 0)) / 1000,
      }),
    );
    await api.deleteWebhook();
    await expect(api.getUpdates()).resolves.toHaveLength(1);
    await api.deleteWebhook({ drop_pending_updates: true });
    await expect(api.getUpdates()).resolves.toStrictEqual([]);
  });
});
