import type { Alarm, AlarmFacts } from "@likeness/core";
import { anAlarm, anOwner, describeAlarms, testPorts, valueOf } from "@likeness/testing";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { changeConversation } from "../conversation/conversations.ts";
import { servedFake } from "../testing/__fixtures__/served-fake.ts";
import type { TelegramFaultAnswer } from "../testing/index.ts";
import { locales } from "../texts/catalog.ts";
import { alarmText } from "./alarm-text.ts";
import { telegramAlarms } from "./telegram-alarms.ts";

async function stage() {
  const { fake, api } = await servedFake();
  const operators = [42, 43].map((id) => {
    const person = fake.control.person(id, { firstName: `Operator ${id}` });
    person.says("/start");
    return person;
  });
  const sent = () => fake.control.calls.filter(({ method }) => method === "sendMessage");
  const fault = (answer: TelegramFaultAnswer) => fake.control.fault({ method: "sendMessage", answer });
  const seen = () =>
    operators.map((each) => each.chat().flatMap((message) => (message.from === "bot" ? [message] : [])));
  return { api, fault, sent, seen };
}

const chat = "42";
const other = "43";

describeAlarms("Telegram", async () => {
  const { api, fault, sent } = await stage();
  const [alarms] = telegramAlarms(api, { chats: [chat] });
  if (!alarms) throw new Error("there is no channel");
  return {
    alarms,
    receiveNext: (reception) =>
      fault(
        reception === "down"
          ? { error_code: 502, html: true }
          : { error_code: 403, description: "Forbidden: bot was blocked by the user" },
      ),
    received: () => sent().map(({ payload }) => String(payload["text"])),
  };
});

describe("telegramAlarms", () => {
  it("is one channel for each operator, however often it is named", async () => {
    const { api, seen } = await stage();
    const channels = telegramAlarms(api, { chats: [chat, Number(chat), other] });
    expect(channels.map(({ name }) => name)).toStrictEqual(["telegram:42", "telegram:43"]);
    for (const channel of channels) expect(await channel.tell(anAlarm())).toStrictEqual(ok(undefined));
    expect(seen().map((messages) => messages.map(({ text }) => text))).toStrictEqual([
      [anAlarm().text],
      [anAlarm().text],
    ]);
  });

  it("shows signs of markup as they are, also where the host has set a parse mode", async () => {
    const { api, sent } = await stage();
    api.config.use((call, method, payload, signal) => call(method, { ...payload, parse_mode: "HTML" }, signal));
    const text = "<b>2</b> orders & *more*";
    for (const channel of telegramAlarms(api, { chats: [chat] })) await channel.tell(anAlarm({ text }));
    expect(sent().map(({ payload }) => payload)).toStrictEqual([expect.not.objectContaining({ parse_mode: "HTML" })]);
    expect(sent()[0]?.payload["text"]).toBe(text);
  });

  it("tells each operator in the language of the bot in that chat, and in English where that is not known", async () => {
    const { api, seen } = await stage();
    const { ports, storage } = testPorts();
    const { store } = ports;
    await valueOf(store.owners.save(anOwner({ id: "telegram:42", locale: "kk" })));
    await valueOf(changeConversation(store.sessions, { chatId: 43 }, (fresh) => ({ ...fresh, locale: "ru-RU" })));
    const tellAll = async () => {
      for (const channel of telegramAlarms(api, { chats: [chat, other], store })) await channel.tell(anAlarm());
      return seen().map((messages) => messages.at(-1)?.text);
    };
    expect(await tellAll()).toStrictEqual([
      "Провайдер ширек сағаттан бері растамаған тапсырыстар: 2.",
      "Провайдер больше четверти часа не подтверждает заказы: 2.",
    ]);
    storage.setDown(true);
    expect(await tellAll()).toStrictEqual([anAlarm().text, anAlarm().text]);
  });
});

describe("the words of alarms", () => {
  const facts: AlarmFacts = {
    "orders-unknown": { count: 20, more: true },
    "work-overdue": { of: ["order", "delivery", "message", "photo", "erasure"] },
    "webhooks-refused": { lastAt: "2026-11-23T06:00:00.000Z" },
    "webhooks-unverified": { count: 21 },
    "messages-dead": { count: 1 },
    "jobs-dead": { count: 3 },
    "provider-refuses": { call: "submit", status: 402, lastAt: "2026-11-23T06:00:00.000Z" },
    "spending-near-cap": { spent: 8.1, cap: 10 },
  };
  const alarms = Object.entries(facts).map(([cause, known]) => ({ ...anAlarm(), cause, facts: known }) as Alarm);

  it.each(locales)("are in %s, say when it is over, and keep the numbers", (locale) => {
    for (const alarm of alarms) {
      const text = alarmText(alarm, locale);
      const over = alarmText({ ...alarm, type: "over", text: `Over: ${alarm.text}` }, locale);
      expect([alarm.cause, over.length > text.length, over.endsWith(text)]).toStrictEqual([alarm.cause, true, true]);
      if (locale === "en") continue;
      expect(text).toMatch(/[а-яёәғқңөұүһі]/i);
      const numbers = Object.values(alarm.facts).filter((fact) => typeof fact === "number");
      for (const number of numbers) expect(text).toContain(String(number));
    }
  });
});
