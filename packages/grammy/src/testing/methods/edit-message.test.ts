import { addSeconds } from "@likeness/core";
import { testStart } from "@likeness/testing";
import { InputFile, InputMediaBuilder } from "grammy";
import type { Message } from "grammy/types";
import { describe, expect, it } from "vitest";
import { picture } from "../__fixtures__/pictures.ts";
import { refusalOf, startedFake } from "../__fixtures__/served-fake.ts";

const bad = (why: string) => ({ error_code: 400, description: `Bad Request: ${why}` });

const notModified = bad(
  "message is not modified: specified new message content and reply markup are exactly the same as a current content " +
    "and reply markup of the message",
);

const keyboard = { inline_keyboard: [[{ text: "Go", callback_data: "go" }]] };

describe("editMessageText", () => {
  it("replaces text and keyboard, at any age", async () => {
    const { clock, api, ada } = await startedFake();
    const sent = await api.sendMessage(42, "One", { reply_markup: keyboard, reply_parameters: { message_id: 1 } });
    await clock.advance(10 * 24 * 60 * 60);
    const edited = await api.editMessageText(42, sent.message_id, "Two", {
      entities: [{ type: "bold", offset: 0, length: 3 }],
    });
    const { reply_markup: _gone, ...kept } = sent;
    expect(edited).toStrictEqual({
      ...kept,
      text: "Two",
      entities: [{ type: "bold", offset: 0, length: 3 }],
      edit_date: Date.parse(addSeconds(testStart, 10 * 24 * 60 * 60)) / 1000,
    });
    expect(ada.chat()[1]).toMatchObject({ text: "Two", buttons: [], edited: true, at: testStart, replyTo: 1 });
  });

  it("refuses what changes nothing", async () => {
    const { api, ada } = await startedFake();
    const { message_id } = await api.sendMessage(42, "One", { reply_markup: keyboard });
    await expect(
      refusalOf(api.editMessageText(42, message_id, "One ", { reply_markup: keyboard })),
    ).resolves.toStrictEqual(notModified);
    await expect(
      refusalOf(api.editMessageReplyMarkup(42, message_id, { reply_markup: keyboard })),
    ).resolves.toStrictEqual(notModified);
    expect(ada.chat()[1]?.edited).toBe(false);
    await api.editMessageText(42, message_id, "One");
    await expect(refusalOf(api.editMessageText(42, message_id, "One"))).resolves.toStrictEqual(notModified);
  });

  it("refuses messages that are not the bot's, not there, or fixed", async () => {
    const { api, ada } = await startedFake();
    const fixed = await api.sendMessage(42, "One", { reply_markup: { keyboard: [[{ text: "Go" }]] } });
    const photo = await api.sendPhoto(42, new InputFile(await picture(10, 10)));
    const gone = await api.sendMessage(42, "Two");
    await api.deleteMessage(42, gone.message_id);
    expect(fixed.reply_markup).toBeUndefined();
    const refusals = [
      await refusalOf(api.editMessageText(42, 1, "Three")),
      await refusalOf(api.editMessageText(42, fixed.message_id, "Three")),
      await refusalOf(api.editMessageText(42, gone.message_id, "Three")),
      await refusalOf(api.editMessageText(42, photo.message_id, "Three")),
      await refusalOf(api.editMessageText(42, fixed.message_id, "")),
      await refusalOf(api.editMessageText(43, fixed.message_id, "Three")),
      await refusalOf(api.raw.editMessageText({ chat_id: 42, text: "Three" })),
    ];
    expect(refusals).toStrictEqual(
      [
        "message can't be edited",
        "message can't be edited",
        "message to edit not found",
        "there is no text in the message to edit",
        "message text is empty",
        "chat not found",
        "message identifier is not specified",
      ].map(bad),
    );
    ada.blocks();
    await expect(refusalOf(api.editMessageText(42, photo.message_id, "Three"))).resolves.toStrictEqual({
      error_code: 403,
      description: "Forbidden: bot was blocked by the user",
    });
  });
});

describe("editMessageCaption and editMessageReplyMarkup", () => {
  it("change only that", async () => {
    const { api, ada } = await startedFake();
    const sent = await api.sendPhoto(42, new InputFile(await picture(10, 10)), { caption: "One" });
    const captioned = await api.editMessageCaption(42, sent.message_id, { caption: "Two", reply_markup: keyboard });
    expect(captioned).toMatchObject({ photo: sent.photo, caption: "Two", reply_markup: keyboard });
    await api.editMessageReplyMarkup(42, sent.message_id);
    expect(ada.chat()[1]).toMatchObject({ caption: "Two", buttons: [], photo: { width: 10 } });
    await api.editMessageCaption(42, sent.message_id, {});
    expect(ada.chat()[1]).not.toHaveProperty("caption");
    const text = await api.sendMessage(42, "One");
    await expect(refusalOf(api.editMessageCaption(42, text.message_id, { caption: "a" }))).resolves.toStrictEqual(
      bad("there is no caption in the message to edit"),
    );
  });
});

describe("editMessageMedia", () => {
  it("puts another file in its place, also of a text", async () => {
    const { api, ada } = await startedFake();
    const sent = await api.sendMessage(42, "One");
    const photo = InputMediaBuilder.photo(new InputFile(await picture(30, 20)), { caption: "Two" });
    await api.editMessageMedia(42, sent.message_id, photo, { reply_markup: keyboard });
    const [, shown] = ada.chat();
    expect(shown).toMatchObject({ caption: "Two", photo: { width: 30, height: 20 }, buttons: [[{ text: "Go" }]] });
    expect(shown).not.toHaveProperty("text");
    const same = InputMediaBuilder.photo(shown?.photo?.fileId ?? "", { caption: "Two" });
    await expect(
      refusalOf(api.editMessageMedia(42, sent.message_id, same, { reply_markup: keyboard })),
    ).resolves.toStrictEqual(notModified);
  });

  it("keeps an album an album", async () => {
    const { api } = await startedFake();
    const photo = async () => InputMediaBuilder.photo(new InputFile(await picture(10, 10)));
    const [first]: readonly Message[] = await api.sendMediaGroup(42, [await photo(), await photo()]);
    const document = InputMediaBuilder.document(new InputFile(Buffer.from("a"), "a.txt"));
    await expect(refusalOf(api.editMessageMedia(42, first?.message_id ?? 0, document))).resolves.toStrictEqual(
      bad("can't change media type in the album"),
    );
    await expect(api.editMessageMedia(42, first?.message_id ?? 0, await photo())).resolves.toMatchObject({
      media_group_id: first?.media_group_id,
    });
  });
});
