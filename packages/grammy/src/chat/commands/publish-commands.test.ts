import { expect, it } from "vitest";
import { botStage, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english, words } from "../__fixtures__/words.ts";
import { allCommands } from "./command.ts";

const list = (...names: readonly string[]) =>
  names.map((command) => ({ command, description: `The host's ${command}` }));
const ours = (locale = "en") =>
  allCommands
    .filter((command) => command !== "terms")
    .map((command) => ({ command, description: words(locale, `command.${command}`) }));
const privateChats = { type: "all_private_chats" } as const;

/** The commands that an app in this language shows. */
const offered = (stage: BotStage, languageCode: string) => {
  const person = stage.fake.control.person(100 + languageCode.charCodeAt(0) * 256 + languageCode.charCodeAt(1), {
    languageCode,
  });
  return person.commands();
};

const publish = async (stage: BotStage, ...options: Parameters<BotStage["avatars"]["commands"]>) => {
  const before = stage.fake.control.calls.length;
  expect((await stage.avatars.commands(...options)).isOk()).toBe(true);
  return stage.fake.control.calls.slice(before).filter(({ method }) => /^(?:set|delete)MyCommands$/.test(method));
};

it("registers the commands for private chats, in every language", async () => {
  const stage = await botStage({ texts: { eo: { "command.start": () => "Komenci" }, "pt-BR": {} } });
  const calls = await publish(stage);
  expect(calls.map(({ payload }) => [payload.scope, payload.language_code])).toStrictEqual(
    [undefined, "en", "ru", "kk", "eo"].map((code) => [privateChats, code]),
  );
  expect(stage.ada.commands()).toStrictEqual(ours());
  expect(offered(stage, "de")).toStrictEqual(ours());
  expect(offered(stage, "eo")[0]).toStrictEqual({ command: "start", description: "Komenci" });
  expect(offered(stage, "eo")[1]?.description).toBe(english("command.avatars"));
});

it("adds to what the host offers, wherever and in whichever language it does", async () => {
  const stage = await botStage();
  const { api } = stage;
  await api.setMyCommands(list("shop", "help2"));
  await api.setMyCommands(list("laden"), { language_code: "de" });
  await api.setMyCommands(list("lavka"), { language_code: "ru" });
  await api.setMyCommands(list("boutique"), { scope: privateChats, language_code: "fr" });
  await api.setMyCommands(list("group"), { scope: { type: "all_group_chats" } });
  await publish(stage);
  expect(offered(stage, "en")).toStrictEqual([...list("shop", "help2"), ...ours()]);
  expect(offered(stage, "it")).toStrictEqual([...list("shop", "help2"), ...ours()]);
  expect(offered(stage, "de")).toStrictEqual([...list("laden"), ...ours()]);
  expect(offered(stage, "ru")).toStrictEqual([...list("lavka"), ...ours("ru")]);
  expect(offered(stage, "fr")).toStrictEqual([...list("boutique"), ...ours()]);
  expect(await api.getMyCommands()).toStrictEqual(list("shop", "help2"));
  expect(await api.getMyCommands({ scope: { type: "all_group_chats" } })).toStrictEqual(list("group"));
});

it("changes nothing when it is called again, in another process as well, and keeps the host's order", async () => {
  const stage = await botStage({ bots: 2 });
  await stage.api.setMyCommands(list("a", "b"), { scope: privateChats });
  await publish(stage);
  expect(await publish(stage)).toStrictEqual([]);
  expect(stage.ada.commands()).toStrictEqual([...list("a", "b"), ...ours()]);
});

it("reads every language at the first start, and then those alone in which there was a list", async () => {
  const stage = await botStage();
  await stage.api.setMyCommands(list("laden"), { language_code: "de" });
  const reads = async (...options: Parameters<BotStage["avatars"]["commands"]>) => {
    const before = stage.fake.control.calls.length;
    await publish(stage, ...options);
    return stage.fake.control.calls
      .slice(before)
      .filter(({ method }) => method === "getMyCommands")
      .map(({ payload }) => [payload.scope, payload.language_code]);
  };
  const inBoth = (...codes: readonly string[]) =>
    [{ type: "default" }, privateChats].flatMap((scope) => [undefined, ...codes].map((code) => [scope, code]));
  expect(await reads()).toHaveLength(100);
  expect(await reads()).toStrictEqual(inBoth("en", "ru", "kk", "de"));

  // A language in which the host had no list before has to be named, once.
  await stage.api.setMyCommands(list("boutique"), { language_code: "fr" });
  expect(await reads({ languages: ["fr"] })).toStrictEqual(inBoth("en", "ru", "kk", "de", "fr"));
  expect(await reads()).toHaveLength(12);
  expect(offered(stage, "fr")).toStrictEqual([...list("boutique"), ...ours()]);
});

it("takes over what the host adds and removes, in its own list and in the one for all chats", async () => {
  const stage = await botStage();
  const { api } = stage;
  await api.setMyCommands(list("old", "stays"));
  await api.setMyCommands(list("laden"), { language_code: "de" });
  await publish(stage);
  await api.setMyCommands(list("stays", "new"));
  await api.deleteMyCommands({ language_code: "de" });
  await publish(stage);
  expect(offered(stage, "en")).toStrictEqual([...list("stays", "new"), ...ours()]);
  expect(offered(stage, "de")).toStrictEqual([...list("stays", "new"), ...ours()]);

  await api.setMyCommands(list("private"), { scope: privateChats });
  await publish(stage);
  expect(offered(stage, "it")).toStrictEqual([...list("private"), ...ours()]);
  await api.deleteMyCommands({ scope: privateChats });
  await publish(stage);
  expect(offered(stage, "it")).toStrictEqual([...list("stays", "new"), ...ours()]);
});

it("takes what it published before it could finish for its own", async () => {
  const stage = await botStage();
  await stage.api.setMyCommands(list("old"));
  stage.fake.control.fault({ method: "setMyCommands", answer: "apply-then-drop" });
  expect((await stage.avatars.commands()).isErr()).toBe(true);
  await stage.api.setMyCommands(list("new"));
  await publish(stage);
  expect(offered(stage, "it")).toStrictEqual([...list("new"), ...ours()]);
});

it("adds to the list of a chat that has one of its own, once", async () => {
  const stage = await botStage();
  await stage.says("/start");
  await stage.api.setMyCommands(list("admin"), { scope: { type: "chat", chat_id: 42 } });
  await publish(stage, { chats: [42] });
  expect(stage.ada.commands()).toStrictEqual([...list("admin"), ...ours()]);
  expect(await publish(stage, { chats: [42] })).toStrictEqual([]);
});
