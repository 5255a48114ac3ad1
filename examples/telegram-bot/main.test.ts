import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { falFake, serveFalFake } from "@likeness/fal/testing";
import { serveTelegramFake, telegramFake, type TelegramFake } from "@likeness/grammy/testing";
import { runProgram, type RunningProgram } from "@likeness/test-processes/run-program.ts";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "./__fixtures__/temporary-folder.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const token = "4242:a-token-of-the-test";
const key = "a-key-of-the-test:with-a-secret";
const secretToken = "a-telegram-secret-of-the-test";
const webhookSecret = "a-webhook-secret-of-the-test-with-32-bytes";
const allowed_updates = ["message", "edited_message", "callback_query", "pre_checkout_query", "my_chat_member"];

describe("the reference bot", { timeout: 180_000 }, () => {
  let folder: string;
  let telegram: TelegramFake;
  let settings: Record<string, string>;

  beforeEach(async () => {
    folder = await temporaryFolder();
    const fal = falFake({ key });
    telegram = telegramFake({ token });
    const [falServer, telegramServer] = await Promise.all([serveFalFake(fal), serveTelegramFake(telegram)]);
    onTestFinished(async () => {
      await Promise.all([falServer.close(), telegramServer.close(), fal.close(), telegram.close()]);
    });
    settings = {
      INIT_CWD: folder,
      PORT: "0",
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegramServer.url,
      FAL_KEY: key,
      FAL_QUEUE_URL: falServer.url,
      FAL_REST_URL: falServer.url,
      FAL_API_URL: falServer.url,
      FAL_JWKS_URL: `${falServer.url}/.well-known/jwks.json`,
    };
  });

  const webhookMode = {
    TELEGRAM_MODE: "webhook",
    TELEGRAM_WEBHOOK_SECRET: secretToken,
    PUBLIC_URL: "https://bot.example/likeness/",
    PRIVACY_URL: "https://bot.example/privacy",
    FAL_USER_ID: "fal-fake-user",
    WEBHOOK_SECRET: webhookSecret,
  };

  /** As an operator starts it, from its own files. */
  const start = (more: Record<string, string> = {}) =>
    runProgram(main, { env: { ...settings, ...more }, unbundled: true, onTestFinished });

  /** Waits until it serves, and returns where. */
  const served = async (bot: RunningProgram): Promise<string> => (await bot.said(/listening at (http:[^"]+)/))[1] ?? "";

  const joined = (bot: RunningProgram) => bot.said(/Telegram knows the bot/);

  const end = async (bot: RunningProgram) => {
    const { code, errors } = await bot.end("SIGTERM");
    return { code, errors };
  };

  const answerOf = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init);
    return { status: response.status, body: await response.text() };
  };

  const callsOf = (method: string) => telegram.control.calls.filter((call) => call.method === method);

  it("starts with a token and a key, says that it is ready, and ends with 0", async () => {
    const bot = start();
    const url = await served(bot);
    await joined(bot);
    expect(await answerOf(`${url}/health`)).toStrictEqual({ status: 200, body: '{"status":"ok"}' });
    expect(await answerOf(`${url}/ready`)).toStrictEqual({
      status: 200,
      body: '{"status":"ready","checks":{"database":"ok","migrations":"ok","queue":"ok"}}',
    });
    expect(await readdir(join(folder, "data"))).toStrictEqual(expect.arrayContaining(["blobs", "likeness.db"]));
    expect(await end(bot)).toStrictEqual({ code: 0, errors: "" });
    expect(await readdir(join(folder, "data"))).toStrictEqual(["blobs", "likeness.db"]);
  });

  it("fetches updates, and has no endpoint for them", async () => {
    const bot = start();
    const url = await served(bot);
    await joined(bot);
    expect(callsOf("deleteWebhook")).toMatchObject([{ payload: {} }]);
    await vi.waitFor(() => expect(callsOf("getUpdates")[0]?.payload).toMatchObject({ allowed_updates }));
    for (const method of ["GET", "POST"])
      expect(await answerOf(`${url}/telegram/update`, { method })).toMatchObject({ status: 404 });
    expect(await answerOf(`${url}/api/v1/avatar/status_update?training=a&token=b`, { method: "POST" })).toMatchObject({
      status: 404,
    });
    expect(await end(bot)).toStrictEqual({ code: 0, errors: "" });
  });

  it("has updates delivered in webhook mode, and takes them from Telegram alone", async () => {
    const bot = start(webhookMode);
    const url = await served(bot);
    await joined(bot);
    expect(callsOf("setWebhook").map(({ payload }) => payload)).toStrictEqual([
      { url: "https://bot.example/likeness/telegram/update", secret_token: secretToken, allowed_updates },
    ]);

    const post = (path: string, headers: Record<string, string>, body = '{"update_id":1}') =>
      answerOf(`${url}${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
    const known = { "x-telegram-bot-api-secret-token": secretToken };
    for (const path of ["/telegram/update", "/likeness/telegram/update"]) {
      expect(await post(path, known)).toStrictEqual({ status: 200, body: "" });
      expect(await post(path, known, "no JSON")).toStrictEqual({ status: 200, body: "" });
      expect(await post(path, {})).toStrictEqual({ status: 401, body: "" });
      expect(await post(path, { "x-telegram-bot-api-secret-token": `${secretToken}!` })).toStrictEqual({
        status: 401,
        body: "",
      });
      expect(await post(path, known, " ".repeat(1_048_577))).toMatchObject({ status: 413 });
      const response = await fetch(`${url}${path}`);
      expect([response.status, response.headers.get("allow"), await response.text()]).toStrictEqual([405, "POST", ""]);
    }
    expect(await end(bot)).toStrictEqual({ code: 0, errors: "" });
  });

  it("tells a balancer that it is ending, before it closes", async () => {
    const bot = start(webhookMode);
    const url = await served(bot);
    await joined(bot);
    expect(await answerOf(`${url}/ready`)).toMatchObject({ status: 200 });
    const ended = end(bot);
    await bot.said(/the bot is ending/);
    expect(await answerOf(`${url}/ready`)).toStrictEqual({
      status: 503,
      body: '{"status":"not-ready","checks":{"database":"ok","migrations":"ok","queue":"failed"}}',
    });
    expect(await ended).toStrictEqual({ code: 0, errors: "" });
  });

  it("waits for a Telegram that is down, and serves meanwhile", async () => {
    telegram.control.fault({ method: "getMe", answer: "drop", times: 1 });
    telegram.control.fault({ method: "deleteWebhook", answer: { error_code: 502, html: true }, times: 1 });
    const bot = start();
    const url = await served(bot);
    await bot.said(/Telegram does not answer yet/);
    expect(await answerOf(`${url}/ready`)).toMatchObject({ status: 200 });
    await joined(bot);
    expect(await end(bot)).toStrictEqual({ code: 0, errors: "" });
  });

  it("ends with 0 also while it waits for Telegram", async () => {
    telegram.control.fault({ method: "getMe", answer: { error_code: 429, retry_after: 3_600 }, untilCleared: true });
    const bot = start();
    await bot.said(/"seconds":3600/);
    expect(await end(bot)).toStrictEqual({ code: 0, errors: "" });
  });

  it("ends with one line when Telegram does not know its token", async () => {
    const bot = start({ TELEGRAM_BOT_TOKEN: "4242:another-token-of-the-test" });
    const { code, output, errors } = await bot.ended;
    expect(code).toBe(1);
    expect(errors).toBe("TELEGRAM_BOT_TOKEN is not known to Telegram: Call to 'getMe' failed! (401: Unauthorized)\n");
    expect(output).not.toContain("another-token-of-the-test");
  });

  it("ends with a line each for settings that are wrong, before it opens anything", async () => {
    const bot = start({ FAL_KEY: "", PORT: "http", DATABASE_URL: "mysql://user:word@host/name" });
    const { code, output, errors } = await bot.ended;
    expect([code, output, errors.split("\n")]).toStrictEqual([
      1,
      "",
      [
        "DATABASE_URL must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>",
        "PORT must be a whole number from 0 to 65535",
        "FAL_KEY is missing: it must be a key of fal: printable, without spaces",
        "",
      ],
    ]);
    expect(await readdir(folder)).toStrictEqual([]);
  });

  it("ends with one line when its port is taken", async () => {
    const first = start();
    const port = new URL(await served(first)).port;
    const second = start({ PORT: port, INIT_CWD: join(folder, "second") });
    expect(await second.ended).toMatchObject({
      code: 1,
      errors: `listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    });
  });

  it("tells no secret, however much it tells", async () => {
    telegram.control.fault({
      method: "setWebhook",
      answer: { error_code: 400, description: `Bad Request: ${token}, ${secretToken}` },
    });
    const bot = start({ ...webhookMode, LOG_LEVEL: "trace" });
    const url = await served(bot);
    await joined(bot);
    await fetch(`${url}/api/v1/avatar/status_update?training=a&token=the-token-of-an-address`, { method: "POST" });
    await fetch(`${url}/nowhere?token=the-token-of-an-address`);
    await bot.said(/"statusCode":404.*"statusCode":404/s);
    const { output, errors } = await bot.end("SIGTERM");
    const told = output + errors;
    for (const secret of [
      token,
      "a-token-of-the-test",
      key,
      "with-a-secret",
      secretToken,
      webhookSecret,
      "the-token-of-an-address",
    ])
      expect(told).not.toContain(secret);
    expect(told).toContain("(secret)");
  });
});
