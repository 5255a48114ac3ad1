import { testStart } from "@likeness/testing";
import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import { describe, expect, it } from "vitest";
import { refusalOf, servedFake, startedFake } from "../__fixtures__/served-fake.ts";

const bad = (why: string) => ({ error_code: 400, description: `Bad Request: ${why}` });

describe("sendMessage", () => {
  it("returns the message, and the person sees it", async () => {
    const { api, ada } = await startedFake();
    const text = '<script>&"_*`[😀 Әлия';
    const entities: MessageEntity[] = [{ type: "bold", offset: 17, length: 4 }];
    const reply_markup = {
      inline_keyboard: [[{ text: "Go", callback_data: "go" }], [{ text: "Help", url: "https://x.yz" }]],
    };
    const sent = await api.sendMessage(42, `${text}\n `, {
      entities: [{ type: "bold", offset: 17, length: 6 }],
      reply_markup,
      reply_parameters: { message_id: 1 },
    });
    const date = Date.parse(testStart) / 1000;
    const chat = { id: 42, type: "private", first_name: "Ada" };
    expect(sent).toStrictEqual({
      message_id: 2,
      from: { id: 123456, is_bot: true, first_name: "Likeness", username: "likeness_bot" },
      chat,
      date,
      text,
      entities,
      reply_to_message: {
        message_id: 1,
        from: { id: 42, is_bot: false, first_name: "Ada", language_code: "en" },
        chat,
        date,
        text: "/start",
        entities: [{ type: "bot_command", offset: 0, length: 6 }],
      },
      reply_markup,
    });
    expect(ada.chat()[1]).toStrictEqual({
      id: 2,
      from: "bot",
      at: testStart,
      text,
      entities,
      buttons: [[{ text: "Go", data: "go" }], [{ text: "Help", url: "https://x.yz" }]],
      replyTo: 1,
      edited: false,
    });
  });

  it("goes only to those who wrote first and did not block the bot", async () => {
    const { api, ada } = await servedFake();
    const forbidden = (why: string) => ({ error_code: 403, description: `Forbidden: ${why}` });
    await expect(refusalOf(api.sendMessage(43, "Hi"))).resolves.toStrictEqual(bad("chat not found"));
    await expect(refusalOf(api.sendMessage("@ada", "Hi"))).resolves.toStrictEqual(bad("chat not found"));
    await expect(refusalOf(api.sendMessage("", "Hi"))).resolves.toStrictEqual(bad("chat_id is empty"));
    await expect(refusalOf(api.sendMessage(42, "Hi"))).resolves.toStrictEqual(
      forbidden("bot can't initiate conversation with a user"),
    );
    ada.says("/start");
    ada.blocks();
    await expect(refusalOf(api.sendMessage(42, "Hi"))).resolves.toStrictEqual(forbidden("bot was blocked by the user"));
    ada.unblocks();
    await expect(api.sendMessage(42, "Hi")).resolves.toMatchObject({ text: "Hi" });
  });

  it("takes 1 to 4096 characters", async () => {
    const { api, ada } = await startedFake();
    await expect(refusalOf(api.sendMessage(42, ""))).resolves.toStrictEqual(bad("message text is empty"));
    await expect(refusalOf(api.sendMessage(42, " \n "))).resolves.toStrictEqual(bad("message text is empty"));
    await expect(refusalOf(api.sendMessage(42, "x".repeat(4097)))).resolves.toStrictEqual(bad("message is too long"));
    await api.sendMessage(42, "😀".repeat(4096));
    await api.sendMessage(42, `<b>${"x".repeat(4096)}</b>`, { parse_mode: "HTML" });
    expect(ada.chat()).toHaveLength(3);
  });

  const misplaced: readonly (readonly [string, MessageEntity])[] = [
    ["entity begins after the end of the text at UTF-16 offset 100", { type: "bold", offset: 100, length: 1 }],
    [
      "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
      { type: "bold", offset: 0, length: 100 },
    ],
    ["receive an entity with incorrect offset -1", { type: "bold", offset: -1, length: 1 }],
    ["receive an entity with incorrect length -1", { type: "bold", offset: 0, length: -1 }],
    ["entity begins in a middle of a UTF-16 symbol at byte offset 6", { type: "bold", offset: 6, length: 1 }],
    ["entity ends in a middle of a UTF-16 symbol at byte offset 6", { type: "bold", offset: 5, length: 1 }],
    [
      "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
      { type: "text_link", offset: 0, length: 5, url: "not-a-url" },
    ],
    ["can't parse MessageEntity: Unsupported type specified", { type: "invented" as "bold", offset: 0, length: 1 }],
    [
      "can't parse MessageEntity: MessageEntity must be an Object with offset and length",
      { type: "bold" } as MessageEntity,
    ],
  ];
  it.each(misplaced)("refuses entities: %s", async (why, entity) => {
    const { api } = await startedFake();
    await expect(refusalOf(api.sendMessage(42, "hello😀", { entities: [entity] }))).resolves.toStrictEqual(bad(why));
  });

  it("ignores entities under a parse mode, and the mode that is none", async () => {
    const { api } = await startedFake();
    const entities: MessageEntity[] = [{ type: "code", offset: 90, length: 1 }];
    await expect(api.sendMessage(42, "*a*", { parse_mode: "Markdown", entities })).resolves.toMatchObject({
      text: "a",
      entities: [{ type: "bold", offset: 0, length: 1 }],
    });
    const none = "None" as "HTML";
    await expect(
      api.sendMessage(42, "*a*", { parse_mode: none, entities: [{ type: "code", offset: 0, length: 1 }] }),
    ).resolves.toMatchObject({ text: "*a*", entities: [{ type: "code", offset: 0, length: 1 }] });
    await expect(refusalOf(api.sendMessage(42, "a", { parse_mode: "Word" as "HTML" }))).resolves.toStrictEqual(
      bad("unsupported parse_mode"),
    );
    await expect(refusalOf(api.sendMessage(42, "a_b", { parse_mode: "Markdown" }))).resolves.toStrictEqual(
      bad("can't parse entities: Can't find end of the entity starting at byte offset 1"),
    );
  });

  it("replies only to what is there, unless it may do without", async () => {
    const { api } = await startedFake();
    await expect(refusalOf(api.sendMessage(42, "a", { reply_parameters: { message_id: 9 } }))).resolves.toStrictEqual(
      bad("message to be replied not found"),
    );
    const sent = await api.sendMessage(42, "a", {
      reply_parameters: { message_id: 9, allow_sending_without_reply: true },
    });
    expect(sent.reply_to_message).toBeUndefined();
  });

  const button = (fields: object) => [[fields]] as InlineKeyboardButton[][];
  const intro = "can't parse inline keyboard button";
  it.each([
    ["BUTTON_DATA_INVALID", button({ text: "a", callback_data: "ә".repeat(33) })],
    [`${intro}: Text buttons are unallowed in the inline keyboard`, button({ text: "a", callback_data: "" })],
    [`${intro}: Field "text" must be of type String`, button({ text: 1, callback_data: "a" })],
    [`${intro}: InlineKeyboardButton must be an Object`, [["a"]]],
    ["inline keyboard button text must be non-empty", button({ text: " ", callback_data: "a" })],
    ["inline keyboard button URL 'x' is invalid: Wrong HTTP URL", button({ text: "a", url: "x" })],
    ['can\'t parse reply keyboard markup: Field "inline_keyboard" must be of type Array', {}],
    ['can\'t parse reply keyboard markup: Field "inline_keyboard" must be an Array of Arrays', [{ text: "a" }]],
    ["reply markup is too long", [Array.from({ length: 101 }, () => ({ text: "a", callback_data: "a" }))]],
  ])("refuses keyboards: %s", async (why, keyboard) => {
    const { api } = await startedFake();
    const reply_markup = { inline_keyboard: keyboard as InlineKeyboardButton[][] };
    await expect(refusalOf(api.sendMessage(42, "a", { reply_markup }))).resolves.toStrictEqual(bad(why));
  });

  it("takes a button with 64 bytes of data, and no keyboard at all for one without buttons", async () => {
    const { api } = await startedFake();
    const full = { inline_keyboard: [[{ text: "a", callback_data: "ә".repeat(32) }], []] };
    await expect(api.sendMessage(42, "a", { reply_markup: full })).resolves.toMatchObject({
      reply_markup: { inline_keyboard: [full.inline_keyboard[0]] },
    });
    const empty = await api.sendMessage(42, "a", { reply_markup: { inline_keyboard: [[]] } });
    expect(empty.reply_markup).toBeUndefined();
    await expect(
      refusalOf(api.sendMessage(42, "a", { reply_markup: [] as unknown as typeof full })),
    ).resolves.toStrictEqual(bad("object expected as reply markup"));
  });
});

describe("sendMessageDraft", () => {
  it("shows a text that is not kept", async () => {
    const { fake, api, ada } = await startedFake();
    const events: unknown[] = [];
    fake.control.subscribe((event) => events.push(event));
    await expect(api.sendMessageDraft(42, 7, "Writ")).resolves.toBe(true);
    expect(events[0]).toStrictEqual({ at: testStart, type: "draft", chatId: 42, draftId: 7, text: "Writ" });
    expect(ada.chat()).toHaveLength(1);
  });
});
