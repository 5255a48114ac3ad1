import { falFake, serveFalFake, type FalFakeAccepted } from "@likeness/fal/testing";
import { telegramFake } from "@likeness/grammy/testing";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { activities, type Activities } from "../behind/activities.ts";
import { personId } from "../chat/telegram-chat.ts";
import type { BotStatus } from "../protocol.ts";
import { openTroubles, type Troubles } from "./open-troubles.ts";
import { webhookConnection } from "./webhook-connection.ts";

const key = "id:secret";
const token = "1:token";
const trainer = "fal-ai/flux-lora-portrait-trainer";
const painter = "fal-ai/flux-lora";
/** A zip with one photo. */
const archive = Buffer.from(
  "UEsDBBQAAAAAAAAAIQBlTTolAwAAAAMAAAAFAAAAYS5qcGf/2P9QSwECFAMUAAAAAAAAACEAZU06JQMAAAADAAAABQAAAAAAAAAAAAAAgAEAAAAAYS5qcGdQSwUGAAAAAAEAAQAzAAAAJgAAAAAA",
  "base64",
);

/** A bot that only counts the webhooks that it gets. */
async function webhookCounter() {
  let count = 0;
  const server = createServer((_request, response) => {
    count += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, count: () => count };
}

function playedBot(name?: string) {
  let status: BotStatus = { name, state: "running", line: "" };
  const listeners = new Set<() => void>();
  const become = (state: BotStatus["state"]): void => {
    status = { name, state, line: "" };
    for (const listener of listeners) listener();
  };
  return {
    become,
    status: () => status,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    kill: () => become("waiting"),
  };
}

describe("the troubles", () => {
  let troubles: Troubles;
  let behind: Activities;
  let bot: ReturnType<typeof playedBot>;
  let hook: Awaited<ReturnType<typeof webhookCounter>>;
  let fal: Awaited<ReturnType<typeof openFal>>;
  let telegram: ReturnType<typeof openTelegram>;

  async function openFal() {
    const connection = webhookConnection();
    const fake = falFake({ key, queueSeconds: 0, trainingSeconds: 0.2, deliver: connection.deliver });
    const { url, close } = await serveFalFake(fake);
    onTestFinished(async () => {
      await close();
      await fake.close();
    });
    const headers = { authorization: `Key ${key}` };
    const ask = (path: string) => fetch(`${url}/${path}`, { headers });
    const post = (path: string, input: object) =>
      fetch(`${url}/${path}`, { method: "POST", headers, body: JSON.stringify(input) });
    const zip = { file_name: "photos.zip", content_type: "application/zip" };
    const begun = await post("storage/upload/initiate", zip);
    const { upload_url, file_url }: Record<string, string> = await begun.json();
    await fetch(String(upload_url), { method: "PUT", body: archive });
    return { fake, connection, ask, post, photos: file_url };
  }

  function openTelegram() {
    const fake = telegramFake({ token });
    onTestFinished(() => fake.close());
    fake.control.person(personId).says("/start");
    const write = async (): Promise<unknown> => {
      const body = JSON.stringify({ chat_id: personId, text: "Hello" });
      const headers = { "content-type": "application/json" };
      const url = `http://127.0.0.1/bot${token}/sendMessage`;
      return (await fake.fetch(new Request(url, { method: "POST", headers, body }))).json();
    };
    return { fake, write };
  }

  beforeEach(async () => {
    behind = activities();
    bot = playedBot();
    hook = await webhookCounter();
    fal = await openFal();
    telegram = openTelegram();
    troubles = openTroubles({ fal, telegram, bots: [bot] }, behind);
  });

  /** Each order has an address of its own for its webhook. */
  let orders = 0;
  const post = (endpoint: string, input: object) =>
    fal.post(`${endpoint}?fal_webhook=${hook.url}${++orders}`, input).catch(() => "lost" as const);
  const order = () => post(trainer, { images_data_url: fal.photos });
  const draw = () => post(painter, { prompt: "a portrait", seed: 7 });
  const lines = () => behind.all().map(({ line }) => line);
  const stateOf = (name: string) => troubles.all().find((trouble) => trouble.name === name)?.state;
  const delivered = () => fal.fake.control.deliveries().map(({ answer }) => answer);
  const newest = () => {
    const last = fal.fake.control.accepted().at(-1);
    if (!last) throw new Error("nothing was ordered");
    return last;
  };
  const resultOf = ({ endpoint, requestId }: FalFakeAccepted, question = "") =>
    fal.ask(`${endpoint}/requests/${requestId}${question}`);
  const learns = async (question?: "/status"): Promise<void> => void (await resultOf(newest(), question));

  it("need a database server to restart one", async () => {
    const ofOrders = ["training-fails", "answer-lost", "picture-blocked", "picture-answer-lost"];
    const names = ["webhook-lost", "webhook-twice", ...ofOrders, "telegram-busy", "bot-killed"];
    expect(troubles.all()).toEqual(names.map((name) => ({ name, state: "off" })));
    expect(troubles.set("database-restarted", true)).toBe(false);

    let back = (): void => undefined;
    const database = { restart: () => new Promise<void>((resolve) => (back = resolve)) };
    troubles = openTroubles({ fal, telegram, bots: [bot], database }, behind);
    expect(troubles.set("database-restarted", true)).toBe(true);
    expect(stateOf("database-restarted")).toBe("busy");
    expect(troubles.set("database-restarted", true)).toBe(false);
    back();
    await vi.waitFor(() => expect(stateOf("database-restarted")).toBe("off"));
    expect(lines()).toStrictEqual([
      "The database server is restarted: every connection is cut.",
      "The database server is back, and the bot repeats what was cut off.",
    ]);
  });

  it("tell when the database server does not come back", async () => {
    const database = { restart: () => Promise.reject(new Error("no disk")) };
    troubles = openTroubles({ fal, telegram, bots: [bot], database }, behind);
    troubles.set("database-restarted", true);
    await vi.waitFor(() => expect(lines()).toContain("The database server did not come back: no disk"));
    expect(stateOf("database-restarted")).toBe("off");
  });

  it("lose one webhook for good, and see the bot ask", async () => {
    troubles.set("webhook-lost", true);
    expect(stateOf("webhook-lost")).toBe("armed");
    await order();
    await vi.waitFor(() => expect(delivered()).toStrictEqual([308]), 5_000);
    expect([stateOf("webhook-lost"), hook.count()]).toStrictEqual(["off", 0]);
    await learns("/status");
    await learns();
    await learns();
    expect(lines()).toStrictEqual([
      "The webhook gets lost at a redirect, and fal does not repeat those. The bot will ask fal itself.",
      "Healed: the bot asked fal itself and has the outcome.",
    ]);
    await order();
    await vi.waitFor(() => expect(delivered()).toStrictEqual([308, 200]), 5_000);
  });

  it("send one webhook twice, once it has arrived", async () => {
    troubles.set("webhook-twice", true);
    await order();
    await vi.waitFor(() => expect(delivered()).toStrictEqual([200, 200]), 5_000);
    await vi.waitFor(() =>
      expect(lines()).toStrictEqual([
        "fal sends the webhook once more.",
        "Healed: the bot has it already, says 200 and does nothing more.",
      ]),
    );
    expect([stateOf("webhook-twice"), hook.count()]).toStrictEqual(["off", 2]);
  });

  it("fail the training under way at once, and without one the next", async () => {
    const outcome = async () => (await resultOf(newest())).status;
    fal.fake.control.next({ outcome: "never" });
    await order();
    troubles.set("training-fails", true);
    await vi.waitFor(() => expect(delivered()).toStrictEqual([200]), 5_000);
    expect([stateOf("training-fails"), await outcome()]).toStrictEqual(["off", 422]);

    await draw();
    troubles.set("training-fails", true);
    await draw();
    expect(stateOf("training-fails")).toBe("armed");
    await order();
    expect(stateOf("training-fails")).toBe("off");
    await vi.waitFor(() => expect(delivered()).toStrictEqual([200, 200, 200, 200]), 5_000);
    expect(await outcome()).toBe(422);
    const healed = "Healed: the bot knows that it failed, and says so with a way to train again.";
    expect(lines()).toStrictEqual([
      "The training under way fails at fal.",
      healed,
      "fal has taken the order, and this training is going to fail.",
      healed,
    ]);
  });

  it.each([
    ["the webhook says which order it is", async () => fal.fake.control.finish(newest().requestId)],
    ["the bot found it in fal’s list", () => learns("/status")],
  ])("lose fal's answer to one order, and see how the bot finds out: %s", async (how, heals) => {
    fal.fake.control.always({ only: "trainings", outcome: "never" });
    troubles.set("answer-lost", true);
    expect(await draw()).toMatchObject({ status: 200 });
    expect(await order()).toBe("lost");
    expect(fal.fake.control.accepted()).toHaveLength(2);
    await heals();
    expect([stateOf("answer-lost"), ...lines()]).toStrictEqual([
      "off",
      "fal has taken the order, but its answer is lost. The bot does not order again; it finds out.",
      `Healed: ${how}. Orders of it at fal: 1.`,
    ]);
    expect(await order()).toMatchObject({ status: 200 });
  });

  it("have one of several pictures flagged, and not a training", async () => {
    troubles.set("picture-blocked", true);
    await order();
    expect(stateOf("picture-blocked")).toBe("armed");
    await Promise.all([draw(), draw(), draw()]);
    expect(stateOf("picture-blocked")).toBe("off");
    await vi.waitFor(() => expect(delivered()).toStrictEqual([200, 200, 200, 200]), 5_000);
    const pictures = fal.fake.control.accepted().filter(({ endpoint }) => endpoint === painter);
    const flags = await Promise.all(
      pictures.map(async (picture) => (await (await resultOf(picture)).json()).has_nsfw_concepts),
    );
    expect([flags.length, flags.flat().filter(Boolean).length]).toStrictEqual([3, 1]);
    expect(lines()).toStrictEqual([
      "fal has taken the order of a picture, and its filter is going to flag it.",
      "Healed: the bot knows that it was flagged; it copies nothing, shows nothing and charges nothing.",
    ]);
  });

  it("lose fal's answer and webhook to one picture, and see the bot find its seed", async () => {
    troubles.set("picture-answer-lost", true);
    expect(await order()).toMatchObject({ status: 200 });
    expect(await draw()).toBe("lost");
    await vi.waitFor(() => expect(newest().status).toBe("COMPLETED"), 5_000);
    await learns("/status");
    expect([stateOf("picture-answer-lost"), ...lines()]).toStrictEqual([
      "off",
      "fal has taken the order of a picture, but its answer and its webhook are lost. The bot does not order again; it looks for the seed.",
      "Healed: the bot found it in fal’s list by its seed. Orders of it at fal: 1.",
    ]);
    expect(await draw()).toMatchObject({ status: 200 });
    await vi.waitFor(() => expect(delivered()).toStrictEqual([200, 200]), 5_000);
  });

  it("are as if they had never been when they are taken back", async () => {
    for (const { name } of troubles.all().slice(0, 6)) {
      troubles.set(name, true);
      troubles.set(name, false);
    }
    expect(await order()).toMatchObject({ status: 200 });
    expect(await draw()).toMatchObject({ status: 200 });
    const completed = { status: "COMPLETED" };
    await vi.waitFor(() => expect(fal.fake.control.accepted()).toMatchObject([completed, completed]), 5_000);
    await vi.waitFor(() => expect(delivered()).toStrictEqual([200, 200]));
    expect(lines()).toStrictEqual([]);
  });

  it("keep Telegram busy for a minute, which it counts down", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    troubles.set("telegram-busy", true);
    expect(await telegram.write()).toMatchObject({ error_code: 429, parameters: { retry_after: 60 } });
    vi.advanceTimersByTime(45_000);
    expect(await telegram.write()).toMatchObject({ error_code: 429, parameters: { retry_after: 15 } });
    expect(stateOf("telegram-busy")).toBe("armed");
    vi.advanceTimersByTime(15_000);
    expect(await telegram.write()).toMatchObject({ ok: true });
    expect(stateOf("telegram-busy")).toBe("off");

    troubles.set("telegram-busy", true);
    troubles.set("telegram-busy", false);
    expect(await telegram.write()).toMatchObject({ ok: true });
    const busy = "Telegram refuses the bot’s messages for a minute (429). The bot waits as long as it is told.";
    expect(lines()).toStrictEqual([
      busy,
      "Healed: Telegram takes messages again, and the bot sends what waited.",
      busy,
      "Taken back: Telegram takes messages again.",
    ]);
  });

  it("kill a bot that runs, and tell when it does again", () => {
    const told: unknown[] = [];
    troubles.subscribe(() => told.push(stateOf("bot-killed")));
    expect(troubles.set("bot-killed", true)).toBe(true);
    expect([bot.status().state, stateOf("bot-killed")]).toStrictEqual(["waiting", "busy"]);
    expect(troubles.set("bot-killed", true)).toBe(false);
    bot.become("running");
    expect(told.at(-1)).toBe("off");
    expect(lines()).toStrictEqual([
      "The bot is killed (SIGKILL), whatever it was about to do.",
      "Healed: the bot runs again and goes on with what its database holds.",
    ]);
  });

  it("kill each of several bots on its own", () => {
    const [one, two] = [playedBot("Bot 1"), playedBot("Bot 2")];
    troubles = openTroubles({ fal, telegram, bots: [one, two] }, behind);
    expect(troubles.set("bot-killed", true)).toBe(false);
    expect(troubles.set("bot-killed", true, "Bot 2")).toBe(true);
    expect([one.status().state, two.status().state]).toStrictEqual(["running", "waiting"]);
    expect(troubles.all().filter(({ bot: killed }) => killed)).toStrictEqual([
      { name: "bot-killed", bot: "Bot 1", state: "off" },
      { name: "bot-killed", bot: "Bot 2", state: "busy" },
    ]);
    two.become("running");
    expect(lines()).toStrictEqual([
      "Bot 2 is killed (SIGKILL), whatever it was about to do.",
      "Healed: Bot 2 runs again and goes on with what its database holds.",
    ]);
  });
});
