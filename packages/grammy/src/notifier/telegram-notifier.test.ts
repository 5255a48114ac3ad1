import { addSeconds, failureReasons, silentLog, type Notification, type Notifier } from "@likeness/core";
import { aNotification, describeNotifier, memoryStore, testClock, type ScriptedReception } from "@likeness/testing";
import { Api, type Transformer } from "grammy";
import { err, ok } from "neverthrow";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callbackData } from "../chat/callback-data.ts";
import { changeConversation } from "../conversation/conversations.ts";
import { serveTelegramFake, telegramFake, type TelegramFault, type TelegramFaultAnswer } from "../testing/index.ts";
import { awkwardNames } from "../texts/__fixtures__/text-samples.ts";
import { english } from "../texts/english.ts";
import { russian } from "../texts/russian.ts";
import { telegramNotifier } from "./telegram-notifier.ts";

const token = "123456:fake-token";
const ownerId = "telegram:42";

async function stage() {
  const clock = testClock();
  const fake = telegramFake({ token });
  const server = await serveTelegramFake(fake);
  const api = new Api(token, { apiRoot: server.url });
  const storage = memoryStore({ clock });
  const { sessions } = storage.store;
  const ada = fake.control.person(42, { firstName: "Ada" });
  ada.says("/start");
  const speak = (locale: string) =>
    changeConversation(sessions, { chatId: 42 }, (conversation) => ({ ...conversation, locale, localeChosen: true }));
  return {
    clock,
    fake,
    api,
    storage,
    sessions,
    ada,
    speak,
    notifier: telegramNotifier(api, { sessions, clock }),
    /** What the bot sent to her, as she sees it. */
    seen: () => ada.chat().filter(({ from }) => from === "bot"),
    sent: () => fake.control.calls.filter(({ method }) => method === "sendMessage"),
    fault: (answer: TelegramFaultAnswer) =>
      fake.control.fault({ method: "sendMessage", answer } satisfies TelegramFault),
    close: async () => {
      await fake.close();
      await server.close();
    },
  };
}

type Stage = Awaited<ReturnType<typeof stage>>;

let on: Stage;
beforeEach(async () => {
  on = await stage();
});
afterEach(() => on.close());

const receptions: Record<ScriptedReception, TelegramFaultAnswer> = {
  wait: { error_code: 429, retry_after: 7 },
  unreachable: { error_code: 403, description: "Forbidden: bot was blocked by the user" },
  rejected: { error_code: 400, description: "Bad Request: message is too long" },
  down: { error_code: 502, html: true },
};

/** Sends everything to one person in Telegram, because the suite's owners are not Telegram users. */
const toAda = (notifier: Notifier): Notifier => ({
  send: (notification) => notifier.send({ ...notification, ownerId }),
});

describeNotifier("Telegram", async (clock) => ({
  notifier: toAda(telegramNotifier(on.api, { sessions: on.sessions, clock })),
  receiveNext: (reception) => on.fault(receptions[reception]),
  received: () => on.sent().length,
}));

const readyFor = (overrides: Partial<Notification> = {}) => aNotification({ ownerId, ...overrides });

describe("news in Telegram", () => {
  it("come as a new message each, with what can be done next", async () => {
    const { notifier, seen } = on;
    const avatarId = "0193b1f6-7c00-7000-8000-0000000000a1";
    const trainingId = "0193b1f6-7c00-7000-8000-0000000000b1";
    const about = { avatarId, orderId: trainingId, avatarName: "Ada" };
    await notifier.send(readyFor({ ...about, content: { template: "training-ready" } }));
    await notifier.send(readyFor({ ...about, content: { template: "training-failed", reason: "provider_error" } }));
    await notifier.send(readyFor({ ...about, content: { template: "training-unconfirmed" } }));
    await notifier.send(readyFor({ ...about, content: { template: "model-unsaved" } }));

    expect(seen().map(({ text, buttons }) => ({ text, buttons }))).toStrictEqual([
      {
        text: english.ready({ name: "Ada", model: "under-way" }).text,
        buttons: [
          [{ text: english["button.avatars"](), data: callbackData("avatars") }],
          [{ text: english["button.create"](), data: callbackData("create") }],
        ],
      },
      {
        text: english.failed({ name: "Ada", reason: "provider_error" }).text,
        buttons: [
          [{ text: english["button.train-again"](), data: callbackData("confirm", avatarId, "f0000b1") }],
          [{ text: english["button.more-photos"](), data: callbackData("photos", avatarId, "f0000b1") }],
          [{ text: english["button.avatars"](), data: callbackData("avatars") }],
        ],
      },
      {
        text: english.unconfirmed({ name: "Ada" }).text,
        buttons: [[{ text: english["button.progress"](), data: callbackData("progress", avatarId, "t0000b1") }]],
      },
      {
        text: english.unsaved({ name: "Ada" }).text,
        buttons: [
          [{ text: english["button.train-again"](), data: callbackData("confirm", avatarId, "r0000b1") }],
          [{ text: english["button.avatars"](), data: callbackData("avatars") }],
        ],
      },
    ]);
  });

  it("say which message they are", async () => {
    const result = await on.notifier.send(readyFor());
    expect(result).toStrictEqual(ok({ type: "sent", messageId: String(on.seen()[0]?.id) }));
  });

  it.each(["stored", "under-way", "given-up"] as const)(
    "say that the model is saved only if it is: %s",
    async (model) => {
      for (const [locale, saved] of [
        ["en", /is saved/],
        ["ru", /модель сохранена/],
      ] as const) {
        await on.speak(locale);
        await on.notifier.send(readyFor({ content: { template: "training-ready", model } }));
        expect(saved.test(on.seen().at(-1)?.text ?? "")).toBe(model === "stored");
      }
    },
  );

  it("make a sound", async () => {
    await on.notifier.send(readyFor());
    expect(on.sent()[0]?.payload).not.toHaveProperty("disable_notification");
  });

  it.each(failureReasons)("explain %s", async (reason) => {
    await on.notifier.send(readyFor({ avatarName: "Ada", content: { template: "training-failed", reason } }));
    expect(on.seen()[0]?.text).toBe(english.failed({ name: "Ada", reason }).text);
  });

  it("say that the model from before still works when training again has failed", async () => {
    const content = { template: "training-failed", reason: "provider_error", stillReady: true } as const;
    await on.notifier.send(readyFor({ avatarName: "Ada", content }));
    expect(on.seen()[0]?.text).toBe(english.failed({ name: "Ada", reason: "provider_error", hasModel: true }).text);
    expect(on.seen()[0]?.text).toContain("The previous model still works.");
  });

  it("are in the person's language", async () => {
    await on.speak("ru");
    await on.notifier.send(readyFor({ avatarName: "Ада" }));
    expect(on.seen()[0]).toMatchObject({
      text: russian.ready({ name: "Ада", model: "under-way" }).text,
      buttons: [[{ text: "Показать мои аватары" }], [{ text: "Создать аватар" }]],
    });
  });

  it("come in English when the language is unknown, rather than late", async () => {
    await on.speak("ru");
    on.storage.setDown(true);
    expect(await on.notifier.send(readyFor({ avatarName: "Ada" }))).toMatchObject(ok({ type: "sent" }));
    expect(on.seen()[0]?.text).toBe(english.ready({ name: "Ada", model: "under-way" }).text);
  });

  it("are in the words of the host", async () => {
    const texts = { en: { ready: () => "Your likeness is done", "button.create": () => "One more" } };
    const notifier = telegramNotifier(on.api, { sessions: on.sessions, clock: on.clock, log: silentLog, texts });
    await notifier.send(readyFor());
    expect(on.seen()[0]).toMatchObject({
      text: "Your likeness is done",
      buttons: [[{ text: english["button.avatars"]() }], [{ text: "One more" }]],
    });
  });

  it.each(awkwardNames)("show the name exactly: %s", async (avatarName) => {
    await on.notifier.send(readyFor({ avatarName }));
    const [message] = on.seen();
    const [entity, ...others] = message?.entities?.filter(({ type }) => type === "bold") ?? [];
    expect(message?.text).toBe(english.ready({ name: avatarName, model: "under-way" }).text);
    expect(entity && message?.text?.slice(entity.offset, entity.offset + entity.length)).toBe(avatarName);
    expect(others).toStrictEqual([]);
  });
});

describe("a host that sets a parse mode for all messages", () => {
  const polite: Transformer = (call, method, payload, signal) =>
    call(method, { parse_mode: "HTML", ...payload }, signal);
  const rude: Transformer = (call, method, payload, signal) => call(method, { ...payload, parse_mode: "HTML" }, signal);
  const careful: Transformer = (call, method, payload, signal) =>
    "parse_mode" in payload ? call(method, payload, signal) : call(method, { ...payload, parse_mode: "HTML" }, signal);

  it.each([
    ["unless there is one", polite],
    ["unless the host set one", careful],
    ["whatever there is", rude],
  ])("%s, gets our texts through with their entities", async (_how, transformer) => {
    on.api.config.use(transformer);
    await on.notifier.send(readyFor({ avatarName: "<b>a_*[&" }));
    const { text, entities } = english.ready({ name: "<b>a_*[&", model: "under-way" });
    const payloads = on.sent().map(({ payload }) => payload);
    expect(payloads).toMatchObject([{ text, entities }]);
    expect(payloads[0]).not.toHaveProperty("parse_mode");
    expect(on.seen()[0]).toMatchObject({ text, entities: [{ type: "bold", offset: 0, length: 8 }] });
  });
});

describe("what Telegram answers", () => {
  it("is waited for as long as it asks, and a second longer", async () => {
    on.fault({ error_code: 429, retry_after: 7 });
    const result = await on.notifier.send(readyFor());
    expect(result).toStrictEqual(ok({ type: "retry-at", at: addSeconds(on.clock.now(), 8) }));
  });

  it("is that the owner has blocked the bot, or never wrote to it", async () => {
    on.ada.blocks();
    on.fake.control.person(43);
    const owners = [ownerId, "telegram:43", "telegram:44"];
    const results = await Promise.all(owners.map((owner) => on.notifier.send(readyFor({ ownerId: owner }))));
    expect(results).toStrictEqual(owners.map(() => ok({ type: "unreachable" })));
    on.ada.unblocks();
    expect(await on.notifier.send(readyFor())).toMatchObject(ok({ type: "sent" }));
  });

  it("is why the message is refused", async () => {
    on.fault({ error_code: 400, description: "Bad Request: message is too long" });
    const detail = "400 Bad Request: message is too long";
    expect(await on.notifier.send(readyFor())).toStrictEqual(ok({ type: "rejected", detail }));
  });

  it.each<[string, TelegramFaultAnswer]>([
    ["nothing", "drop"],
    ["nothing, though the message was sent", "apply-then-drop"],
    ["an error of its own", { error_code: 500, description: "Internal Server Error" }],
    ["what a proxy in between says", { error_code: 502, html: true }],
  ])("may be %s, which is a failure without the token in it", async (_what, answer) => {
    on.fault(answer);
    const result = await on.notifier.send(readyFor());
    expect(result).toStrictEqual(err({ type: "notifier-failure", detail: expect.stringMatching(/./) }));
    expect(JSON.stringify(result)).not.toContain("fake-token");
  });
});

it.each(["owner:1", "telegram:", "telegram:4x", "web:42"])(
  "refuses to write to %s, who is no person there",
  async (other) => {
    const detail = `the owner ${other} is nobody in Telegram`;
    expect(await on.notifier.send(readyFor({ ownerId: other }))).toStrictEqual(ok({ type: "rejected", detail }));
    expect(on.sent()).toStrictEqual([]);
  },
);
