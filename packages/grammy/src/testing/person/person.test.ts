import { addSeconds } from "@likeness/core";
import { testStart } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { refusalOf, servedFake, startedFake } from "../__fixtures__/served-fake.ts";

const date = Date.parse(testStart) / 1000;
const from = { id: 42, is_bot: false, first_name: "Ada", language_code: "en" };
const chat = { id: 42, type: "private", first_name: "Ada" };
const id = expect.stringMatching(/^[\w-]{16,}$/);

const go = {
  reply_markup: {
    inline_keyboard: [
      [
        { text: "Go", callback_data: "go" },
        { text: "Stop", callback_data: "stop" },
      ],
    ],
  },
};

describe("a person", () => {
  it("is known again by id, and changes what is given anew", async () => {
    const { fake, api, ada } = await servedFake();
    ada.says("one");
    fake.control.person(42, { firstName: "Айгерім", username: "aigerim" }).says("two");
    fake.control.person(43).says("three");
    const updates = await api.getUpdates();
    expect(updates.map(({ message }) => message?.from)).toStrictEqual([
      from,
      { ...from, first_name: "Айгерім", username: "aigerim" },
      { id: 43, is_bot: false, first_name: "Person 43" },
    ]);
    expect(fake.control.people().map((person) => person.id)).toStrictEqual([42, 43]);
  });

  it("writes commands, also in the middle, and replies", async () => {
    const { api, ada } = await servedFake();
    const { messageId } = ada.says("/start abc");
    ada.says("no/command but /help@likeness_bot, /b", { replyTo: messageId });
    const [first, second] = await api.getUpdates();
    expect(first?.message).toStrictEqual({
      message_id: 1,
      from,
      chat,
      date,
      text: "/start abc",
      entities: [{ type: "bot_command", offset: 0, length: 6 }],
    });
    expect(second?.message?.entities).toStrictEqual([
      { type: "bot_command", offset: 15, length: 18 },
      { type: "bot_command", offset: 35, length: 2 },
    ]);
    expect(second?.message?.reply_to_message).toStrictEqual(first?.message);
    expect(ada.chat()[1]?.replyTo).toBe(1);
  });

  it("writes a text that does not fit into one message in several", async () => {
    const { api, ada } = await servedFake();
    const text = `${"😀".repeat(4_096)}${"x".repeat(4_096)}end`;
    expect(ada.says(text)).toStrictEqual({ messageId: 1 });
    const parts = (await api.getUpdates()).map(({ message }) => message?.text ?? "");
    expect(parts.map((part) => Array.from(part).length)).toStrictEqual([4_096, 4_096, 3]);
    expect(parts.join("")).toBe(text);
  });

  it("sends photos and files", async () => {
    const { api, ada } = await servedFake();
    const bytes = await picture(67, 90);
    ada.sendsPhoto({ bytes, caption: "Me" });
    ada.sendsPhoto(Buffer.from("unreadable"));
    ada.sendsFile({ size: 25_000_000, name: "фото.jpg", mimeType: "image/jpeg", caption: "Big" });
    const [photo, odd, file] = await api.getUpdates();
    expect(photo?.message).toStrictEqual({
      message_id: 1,
      from,
      chat,
      date,
      photo: [
        { file_id: id, file_unique_id: id, file_size: 319, width: 67, height: 90 },
        { file_id: id, file_unique_id: id, file_size: bytes.length, width: 67, height: 90 },
      ],
      caption: "Me",
    });
    expect(odd?.message?.photo?.at(-1)).toMatchObject({ file_size: 10, width: 960, height: 1280 });
    expect(file?.message).toMatchObject({
      document: {
        file_id: id,
        file_unique_id: id,
        file_name: "фото.jpg",
        mime_type: "image/jpeg",
        file_size: 25_000_000,
      },
      caption: "Big",
    });
  });

  it("sends albums of at most ten of a kind, one update each", async () => {
    const { api, ada } = await servedFake();
    const bytes = await picture(10, 10);
    const document = { as: "document", bytes, name: "IMG_1.HEIC", mimeType: "image/heic" } as const;
    const items = [
      ...Array.from({ length: 11 }, (_, index) => ({ bytes, caption: index === 0 ? "Mine" : undefined })),
      document,
      document,
    ];
    const sent = ada.sendsAlbum(items);
    const messages = (await api.getUpdates()).map(({ message }) => message);
    const [first, last] = [messages[0]?.media_group_id, messages[12]?.media_group_id];
    expect(first).toMatch(/^\d+$/);
    expect(last).not.toBe(first);
    expect(messages.map((message) => message?.media_group_id)).toStrictEqual([
      ...Array.from({ length: 10 }, () => first),
      undefined,
      last,
      last,
    ]);
    expect(messages.map((message) => message?.caption)).toStrictEqual(["Mine", ...Array.from({ length: 12 })]);
    expect(messages.map((message) => (message?.document ?? message?.photo?.at(-1))?.file_id)).toStrictEqual(
      sent.map(({ fileId }) => fileId),
    );
    expect(ada.chat().map(({ albumId }) => albumId)).toStrictEqual(messages.map((message) => message?.media_group_id));
  });

  it("sends other things", async () => {
    const { api, ada } = await servedFake();
    const voice = ada.sendsVoice();
    ada.sendsSticker();
    ada.sendsVideo();
    ada.sendsLocation();
    const updates = await api.getUpdates();
    expect(updates.map(({ message }) => Object.keys(message ?? {}).at(-1))).toStrictEqual([
      "voice",
      "sticker",
      "video",
      "location",
    ]);
    expect(ada.chat().map(({ other }) => other)).toStrictEqual(["voice", "sticker", "video", "location"]);
    await expect(api.getFile(voice.fileId)).resolves.toMatchObject({ file_path: "voice/file_1.oga" });
  });

  it("edits own messages", async () => {
    const { clock, api, ada } = await servedFake();
    const text = ada.says("one");
    const photo = ada.sendsPhoto(await picture(10, 10));
    await clock.advance(5);
    ada.edits(text.messageId, { text: "/two" });
    ada.edits(photo.messageId, { caption: "Better", photo: await picture(30, 20) });
    const [, , first, second] = await api.getUpdates();
    expect(first?.edited_message).toStrictEqual({
      message_id: 1,
      from,
      chat,
      date,
      text: "/two",
      entities: [{ type: "bot_command", offset: 0, length: 4 }],
      edit_date: date + 5,
    });
    expect(second?.edited_message).toMatchObject({ caption: "Better", photo: [{}, { width: 30, height: 20 }] });
    expect(ada.chat()).toMatchObject([
      { text: "/two", edited: true },
      { caption: "Better", edited: true },
    ]);
    const sent = await api.sendMessage(42, "Mine");
    expect(() => ada.edits(sent.message_id, { text: "a" })).toThrow("Ada has no message 3 to edit");
  });

  it("blocks the bot and comes back", async () => {
    const { api, ada } = await startedFake();
    const bot = { id: 123456, is_bot: true, first_name: "Likeness", username: "likeness_bot" };
    ada.blocks();
    ada.blocks();
    expect(() => ada.says("one")).toThrow("Ada has blocked the bot: unblocks() comes first");
    expect(() => ada.sendsVoice()).toThrow("Ada has blocked the bot: unblocks() comes first");
    ada.unblocks();
    ada.says("two");
    const [blocked, unblocked, message] = await api.getUpdates();
    expect(blocked?.my_chat_member).toStrictEqual({
      chat,
      from,
      date,
      old_chat_member: { user: bot, status: "member" },
      new_chat_member: { user: bot, status: "kicked", until_date: 0 },
    });
    expect(unblocked?.my_chat_member).toMatchObject({
      old_chat_member: { status: "kicked" },
      new_chat_member: { status: "member" },
    });
    expect(message?.message?.text).toBe("two");
  });
});

describe("a press", () => {
  it("goes to the newest message with such a button, and gets the bot's answer", async () => {
    const { fake, api, ada } = await startedFake();
    await api.sendMessage(42, "One", go);
    const sent = await api.sendMessage(42, "Two", go);
    await api.sendMessage(42, "Three");
    const press = ada.presses({ text: "Stop" });
    const [update] = await api.getUpdates();
    expect(update?.callback_query).toStrictEqual({
      id: press.id,
      from,
      message: sent,
      chat_instance: "-42",
      data: "stop",
    });
    await api.answerCallbackQuery(press.id, { text: "Stopped" });
    await expect(press.answer).resolves.toStrictEqual({ text: "Stopped", showAlert: false });
    await expect(api.answerCallbackQuery(press.id, { text: "Again" })).resolves.toBe(true);
    expect(fake.snapshot().presses[press.id]?.answer).toStrictEqual({ text: "Stopped", showAlert: false });
    const older = ada.presses({ data: "go" }, { messageId: sent.message_id - 1 });
    await api.answerCallbackQuery(older.id);
    await expect(older.answer).resolves.toStrictEqual({});
  });

  it("needs a button", async () => {
    const { api, ada } = await startedFake();
    expect(() => ada.presses({ text: "Go" })).toThrow('There is no button {"text":"Go"}. There are: none at all');
    const { message_id } = await api.sendMessage(42, "One", go);
    expect(() => ada.presses({ text: "Halt" })).toThrow(
      'There is no button {"text":"Halt"}. There are: "Go" (go), "Stop" (stop)',
    );
    expect(() => ada.presses({ text: "Go" }, { messageId: 1 })).toThrow(
      'There is no button {"text":"Go"} on message 1. There are: none at all',
    );
    await api.editMessageText(42, message_id, "Two");
    expect(() => ada.presses({ text: "Go" })).toThrow("There are: none at all");
  });

  it("can be forged", async () => {
    const { api, ada } = await startedFake();
    expect(() => ada.forges("v1:drop:all")).toThrow("The bot has sent nothing yet");
    const sent = await api.sendMessage(42, "One", go);
    const newest = await api.sendMessage(42, "Two");
    ada.forges("v1:drop:all");
    ada.forges("v1:drop:all", sent.message_id);
    ada.forges("v1:drop:all", 99);
    const updates = await api.getUpdates();
    expect(updates.map(({ callback_query: query }) => [query?.data, query?.message?.message_id])).toStrictEqual([
      ["v1:drop:all", newest.message_id],
      ["v1:drop:all", sent.message_id],
      ["v1:drop:all", 99],
    ]);
    expect(updates[2]?.callback_query?.message).toStrictEqual({ chat, message_id: 99, date: 0 });
  });

  it("is answered within 150 seconds, in 200 characters", async () => {
    const { clock, api, ada } = await startedFake();
    await api.sendMessage(42, "One", go);
    const press = ada.presses({ text: "Go" });
    const tooLong = await refusalOf(api.answerCallbackQuery(press.id, { text: "x".repeat(201) }));
    expect(tooLong).toStrictEqual({ error_code: 400, description: "Bad Request: MESSAGE_TOO_LONG" });
    await clock.set(addSeconds(testStart, 150));
    await api.answerCallbackQuery(press.id, { text: "x".repeat(200), show_alert: true });
    await expect(press.answer).resolves.toStrictEqual({ text: "x".repeat(200), showAlert: true });
    const late = ada.presses({ text: "Go" });
    await clock.advance(151);
    for (const query of [late.id, "unknown"]) {
      await expect(refusalOf(api.answerCallbackQuery(query))).resolves.toStrictEqual({
        error_code: 400,
        description: "Bad Request: query is too old and response timeout expired or query ID is invalid",
      });
    }
  });
});
