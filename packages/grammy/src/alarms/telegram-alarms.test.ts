import { anAlarm, describeAlarms } from "@likeness/testing";
import { Api } from "grammy";
import { ok } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { serveTelegramFake, telegramFake, type TelegramFaultAnswer } from "../testing/index.ts";
import { telegramAlarms } from "./telegram-alarms.ts";

const token = "123456:fake-token";

async function stage() {
  const fake = telegramFake({ token });
  const server = await serveTelegramFake(fake);
  onTestFinished(async () => {
    await fake.close();
    await server.close();
  });
  const api = new Api(token, { apiRoot: server.url });
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
});
