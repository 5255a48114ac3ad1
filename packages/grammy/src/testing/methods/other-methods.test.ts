import { testStart } from "@likeness/testing";
import { InputFile, InputMediaBuilder } from "grammy";
import type { ReactionTypeEmoji } from "grammy/types";
import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { refusalOf, servedFake, startedFake } from "../__fixtures__/served-fake.ts";

const bad = (why: string) => ({ error_code: 400, description: `Bad Request: ${why}` });

describe("deleteMessage", () => {
  it("takes messages of both sides away, for 48 hours", async () => {
    const { clock, api, ada } = await startedFake();
    const sent = await api.sendMessage(42, "One");
    const late = await api.sendMessage(42, "Two");
    await clock.advance(48 * 60 * 60);
    await expect(api.deleteMessage(42, sent.message_id)).resolves.toBe(true);
    await expect(api.deleteMessage(42, 1)).resolves.toBe(true);
    expect(ada.chat().map(({ text }) => text)).toStrictEqual(["Two"]);
    await expect(refusalOf(api.deleteMessage(42, 1))).resolves.toStrictEqual(bad("message to delete not found"));
    await clock.advance(1);
    await expect(refusalOf(api.deleteMessage(42, late.message_id))).resolves.toStrictEqual(
      bad("message can't be deleted for everyone"),
    );
  });

  it("takes many at once and passes over those that are gone", async () => {
    const { api, ada } = await startedFake();
    const sent = await api.sendMessage(42, "One");
    await expect(api.deleteMessages(42, [1, sent.message_id, 99])).resolves.toBe(true);
    expect(ada.chat()).toStrictEqual([]);
    await expect(refusalOf(api.deleteMessages(42, []))).resolves.toStrictEqual(
      bad("message identifiers are not specified"),
    );
    const many = Array.from({ length: 101 }, (_, index) => index);
    await expect(refusalOf(api.deleteMessages(42, many))).resolves.toStrictEqual(
      bad("too many message identifiers specified"),
    );
  });
});

describe("setMessageReaction", () => {
  const reaction = (emoji: string) => [{ type: "emoji", emoji } as ReactionTypeEmoji];

  it("sets one of those that Telegram has, and takes it back", async () => {
    const { api, ada } = await startedFake();
    await api.setMessageReaction(42, 1, reaction("❤️"));
    expect(ada.chat()[0]?.reaction).toBe("❤️");
    await api.setMessageReaction(42, 1, []);
    expect(ada.chat()[0]).not.toHaveProperty("reaction");
    const refusals = [
      await refusalOf(api.setMessageReaction(42, 1, reaction("✅"))),
      await refusalOf(api.setMessageReaction(42, 1, [...reaction("👍"), ...reaction("👎")])),
      await refusalOf(api.setMessageReaction(42, 9, reaction("👍"))),
    ];
    expect(refusals).toStrictEqual(["REACTION_INVALID", "REACTIONS_TOO_MANY", "message to react not found"].map(bad));
  });

  it("lands on the first message of an album", async () => {
    const { api, ada } = await startedFake();
    const album = ada.sendsAlbum([{ bytes: await picture(10, 10) }, { bytes: await picture(20, 20) }]);
    await api.setMessageReaction(42, album[1]?.messageId ?? 0, reaction("👎"));
    expect(ada.chat().map((message) => message.reaction)).toStrictEqual([undefined, "👎", undefined]);
  });
});

describe("commands", () => {
  const list = (command: string) => [{ command, description: command }];

  it("are offered by the narrowest scope, the person's language first", async () => {
    const { fake, api, ada } = await servedFake();
    const brook = fake.control.person(43, { languageCode: "ru-KZ" });
    const names = () => [ada, brook].map((person) => person.commands().map(({ command }) => command));
    expect(names()).toStrictEqual([[], []]);
    await api.setMyCommands(list("default"));
    expect(names()).toStrictEqual([["default"], ["default"]]);
    await api.setMyCommands(list("russian"), { language_code: "ru" });
    expect(names()).toStrictEqual([["default"], ["russian"]]);
    await api.setMyCommands(list("private"), { scope: { type: "all_private_chats" } });
    expect(names()).toStrictEqual([["private"], ["private"]]);
    await api.setMyCommands(list("own"), { scope: { type: "chat", chat_id: 42 } });
    expect(names()).toStrictEqual([["own"], ["private"]]);
    await expect(api.getMyCommands({ language_code: "ru" })).resolves.toStrictEqual(list("russian"));
    await expect(api.getMyCommands({ language_code: "kk" })).resolves.toStrictEqual([]);
    await api.deleteMyCommands({ scope: { type: "chat", chat_id: 42 } });
    await api.deleteMyCommands({ scope: { type: "all_private_chats" } });
    expect(names()).toStrictEqual([["default"], ["russian"]]);
  });

  it("are refused when they are none", async () => {
    const { api } = await servedFake();
    const refusals = [
      await refusalOf(api.setMyCommands(list("Start"))),
      await refusalOf(api.setMyCommands([{ command: "start", description: "" }])),
      await refusalOf(api.setMyCommands(Array.from({ length: 101 }, (_, index) => list(`a${index}`)).flat())),
      await refusalOf(api.setMyCommands(list("start"), { language_code: "eng" as "en" })),
      await refusalOf(api.setMyCommands(list("start"), { scope: { type: "nowhere" as "default" } })),
      await refusalOf(api.setMyCommands([{ command: "start" } as never])),
    ];
    expect(refusals).toStrictEqual(
      [
        "BOT_COMMAND_INVALID",
        "BOT_COMMAND_DESCRIPTION_INVALID",
        "BOT_COMMANDS_TOO_MUCH",
        "invalid language code specified",
        "can't parse BotCommandScope: Unsupported type specified",
        "can't parse commands: expected an Array of BotCommand",
      ].map(bad),
    );
  });
});

describe("the profile", () => {
  it("is kept", async () => {
    const { fake, api } = await servedFake();
    await api.setMyDescription("A bot");
    await api.setMyDescription("Бот", { language_code: "ru" });
    await api.setMyShortDescription("Bot");
    await api.setChatMenuButton({ menu_button: { type: "commands" } });
    await api.setChatMenuButton({ chat_id: 42, menu_button: { type: "default" } });
    await expect(
      refusalOf(api.setChatMenuButton({ menu_button: { type: "none" as "default" } })),
    ).resolves.toStrictEqual(bad("can't parse menu button: MenuButton has unsupported type"));
    expect(fake.snapshot()).toMatchObject({
      descriptions: { "": "A bot", ru: "Бот" },
      shortDescriptions: { "": "Bot" },
      menuButtons: { "": { type: "commands" }, 42: { type: "default" } },
    });
  });
});

describe("sendChatAction", () => {
  it("is seen by those who listen", async () => {
    const { fake, api } = await startedFake();
    const events: unknown[] = [];
    const stop = fake.control.subscribe((event) => events.push(event));
    await expect(api.sendChatAction(42, "upload_photo")).resolves.toBe(true);
    await expect(refusalOf(api.sendChatAction(42, "dancing" as "typing"))).resolves.toStrictEqual(
      bad("wrong parameter action in request"),
    );
    stop();
    await api.sendMessage(42, "unheard");
    const about = { at: testStart, chatId: 42 };
    expect(events).toStrictEqual([
      { ...about, type: "chat-action", action: "upload_photo" },
      { ...about, type: "call", method: "sendChatAction", answer: "ok" },
      {
        ...about,
        type: "call",
        method: "sendChatAction",
        answer: { errorCode: 400, description: "Bad Request: wrong parameter action in request" },
      },
    ]);
  });
});

it("everything that sends is refused by a person who blocked the bot", async () => {
  const { api, ada } = await startedFake();
  const { message_id } = await api.sendMessage(42, "One");
  ada.blocks();
  const photo = new InputFile(await picture(10, 10));
  const album = [InputMediaBuilder.photo(photo), InputMediaBuilder.photo(new InputFile(await picture(10, 10)))];
  const calls = [
    () => api.sendPhoto(42, photo),
    () => api.sendDocument(42, photo),
    () => api.sendMediaGroup(42, album),
    () => api.sendChatAction(42, "typing"),
    () => api.sendMessageDraft(42, 1, "a"),
    () => api.setMessageReaction(42, 1, []),
    () => api.deleteMessage(42, message_id),
  ];
  for (const call of calls) {
    await expect(refusalOf(call())).resolves.toStrictEqual({
      error_code: 403,
      description: "Forbidden: bot was blocked by the user",
    });
  }
});
