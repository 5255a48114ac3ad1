import { testClock, testPorts, valueOf } from "@likeness/testing";
import { createLikeness, silentLog } from "@likeness/core";
import { Bot } from "grammy";
import { expect, it } from "vitest";
import { servedFake, token } from "../testing/__fixtures__/served-fake.ts";
import { operatorComposer } from "./operator-composer.ts";
import { publishOperatorCommand } from "./operator-menu.ts";
import { operatorCatalogs } from "./texts/operator-catalogs.ts";

const privateChats = { type: "all_private_chats" } as const;
const olgas = { type: "chat", chat_id: 7 } as const;

const list = (...names: readonly string[]) => names.map((command) => ({ command, description: `About ${command}` }));
const ours = (locale: keyof typeof operatorCatalogs = "en") => ({
  command: "operator",
  description: operatorCatalogs[locale].menu,
});

/** A bot that Olga (7, in English), Rita (8, in Russian) and Ada (42, nobody's operator) have started. */
async function stage() {
  const { fake, api } = await servedFake();
  const [olga, rita, ada] = (
    [
      [7, "en"],
      [8, "ru"],
      [42, "en"],
    ] as const
  ).map(([id, languageCode]) => {
    const person = fake.control.person(id, { firstName: `Person ${id}`, languageCode });
    person.says("/start");
    return person;
  });
  const { store } = testPorts().ports;
  const publish = async (...operators: readonly number[]) => {
    const before = fake.control.calls.length;
    await valueOf(publishOperatorCommand({ api, store, clock: testClock(), log: silentLog }, operators));
    return fake.control.calls.slice(before).filter(({ method }) => /^(?:set|delete)MyCommands$/.test(method)).length;
  };
  const menus = () => [olga, rita, ada].map((person) => person?.commands());
  return { api, fake, store, publish, menus };
}

it("is in the menus of operators alone, behind what they see without it, in their language", async () => {
  const { api, publish, menus } = await stage();
  await api.setMyCommands(list("help"));
  await api.setMyCommands(list("start", "shop"), { scope: privateChats });
  await api.setMyCommands(list("lavka"), { scope: privateChats, language_code: "ru" });
  await publish(7, 8);
  expect(menus()).toStrictEqual([
    [...list("start", "shop"), ours()],
    [...list("lavka"), ours("ru")],
    list("start", "shop"),
  ]);
  expect(await api.getMyCommands({ scope: privateChats })).toStrictEqual(list("start", "shop"));
  expect(await publish(7, 8)).toBe(0);
});

it("follows the lists that it stands behind, also where there are none", async () => {
  const { api, publish, menus } = await stage();
  await publish(7);
  expect(menus()).toStrictEqual([[ours()], [], []]);
  await api.setMyCommands(list("old"));
  await publish(7);
  await api.setMyCommands(list("new"), { scope: privateChats });
  await publish(7);
  expect(menus()).toStrictEqual([[...list("new"), ours()], list("new"), list("new")]);
});

it("leaves in a host's own list for a chat what is in it, and hides it behind no copy", async () => {
  const { api, publish, menus } = await stage();
  await api.setMyCommands(list("start"), { scope: privateChats });
  await api.setMyCommands(list("start"), { scope: privateChats, language_code: "en" });
  await api.setMyCommands(list("admin"), { scope: olgas });
  await publish(7);
  expect(menus()[0]).toStrictEqual([...list("admin"), ours()]);
  expect(await publish(7)).toBe(0);
  await publish();
  expect(menus()[0]).toStrictEqual(list("admin"));
});

it("goes with the last day of an operator, and takes nothing else along", async () => {
  const { api, publish, menus } = await stage();
  await api.setMyCommands(list("start"), { scope: privateChats });
  await publish(7, 8);
  await publish(8);
  expect(menus()).toStrictEqual([list("start"), [...list("start"), ours("ru")], list("start")]);
  expect(await api.getMyCommands({ scope: olgas })).toStrictEqual([]);
  expect(await publish(8)).toBe(0);
});

it("goes at the next start when Telegram did not take it away at this one", async () => {
  const { api, fake, publish, menus } = await stage();
  await api.setMyCommands(list("start"), { scope: privateChats });
  await publish(7);
  fake.control.fault({ method: "deleteMyCommands", answer: "drop" });
  await expect(publish()).rejects.toThrow();
  await api.setMyCommands(list("other"), { scope: privateChats });
  await publish();
  expect(menus()[0]).toStrictEqual(list("other"));
  expect(await publish()).toBe(0);
});

it("goes at a later start when Telegram refuses to take it away at this one", async () => {
  const { api, fake, publish, menus } = await stage();
  await api.setMyCommands(list("start"), { scope: privateChats });
  await publish(7, 8);
  for (const error_code of [400, 403]) {
    const answer = { error_code, description: "Bad Request: chat not found" };
    fake.control.fault({ method: "deleteMyCommands", answer, untilCleared: true });
    await publish(8);
    expect(menus()[0]).toStrictEqual([...list("start"), ours()]);
    fake.control.clearFaults();
  }
  await publish(8);
  expect(menus()[0]).toStrictEqual(list("start"));
  expect(await publish(8)).toBe(0);
});

it("waits for an operator who has not started the bot, and knows its own list after a call whose answer was lost", async () => {
  const { api, fake, publish, menus } = await stage();
  expect(await publish(7, 9)).toBeGreaterThan(0);
  expect(menus()[0]).toStrictEqual([ours()]);
  await api.setMyCommands(list("start"), { scope: privateChats });
  fake.control.fault({ method: "setMyCommands", answer: "apply-then-drop" });
  await publish(7).catch(() => undefined);
  await api.setMyCommands(list("other"), { scope: privateChats });
  await publish(7);
  expect(menus()[0]).toStrictEqual([...list("other"), ours()]);
});

it("comes with the first message of an operator who had no chat with the bot at its start", async () => {
  const { api, fake, store } = await stage();
  const likeness = createLikeness(testPorts().ports);
  const composer = operatorComposer({ operator: likeness.operator, operators: [7, 9], store, api, clock: testClock() });
  const bot = new Bot(token, { client: { apiRoot: api.options?.apiRoot ?? "" } });
  await bot.init();
  bot.use(composer);
  await valueOf(composer.commands());
  const nina = fake.control.person(9, { firstName: "Nina", languageCode: "en" });
  const says = async (text: string) => {
    nina.says(text);
    const before = fake.control.calls.length;
    for (const update of fake.control.updates.slice(-1)) await bot.handleUpdate(update);
    return fake.control.calls.length - before;
  };
  await says("/start");
  expect(nina.commands()).toStrictEqual([ours()]);
  expect(await says("Hello")).toBe(0);
});
