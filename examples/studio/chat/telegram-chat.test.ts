import { telegramFake, type TelegramFake, type TelegramSnapshot } from "@likeness/grammy/testing";
import sharp from "sharp";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { develop } from "../samples/develop.ts";
import { personBySeed, portrait } from "../samples/portrait.ts";
import type { Chat } from "./chat.ts";
import { countAlbums } from "../samples/sample-album.ts";
import { personId, telegramChat } from "./telegram-chat.ts";

const token = "123456:secret";
const drawing = await develop(portrait(personBySeed(0), 1), 1);

describe("the chat in Telegram", () => {
  let fake: TelegramFake;
  let chat: Chat;
  const start = (snapshot?: TelegramSnapshot): void => {
    const started = telegramFake({ token, snapshot });
    onTestFinished(() => started.close());
    fake = started;
    chat = telegramChat({ fake, snapshot });
  };
  beforeEach(() => start());

  const botCalls = (method: string, fields: object): Promise<Response> =>
    fake.fetch(
      new Request(`http://127.0.0.1/bot${token}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chat_id: personId, ...fields }),
      }),
    );

  it.each(["en", "ru", "kk"] as const)("speaks %s, also after a restart", (language) => {
    chat.speaks(language);
    chat.says("/start");
    start(fake.snapshot());
    expect(chat.room().language).toBe(language);
  });

  it("shows what was said, with formatting and buttons", async () => {
    chat.says("/start");
    const entities = [{ type: "bold", offset: 0, length: 2 }];
    const reply_markup = { inline_keyboard: [[{ text: "Go", callback_data: "v1:go" }]] };
    await botCalls("sendMessage", { text: "Hi there", entities, reply_markup, reply_parameters: { message_id: 1 } });
    expect(chat.messages()).toMatchObject([
      { id: 1, from: "person", text: "/start" },
      { id: 2, from: "bot", text: "Hi there", entities, buttons: [[{ text: "Go", data: "v1:go" }]], replyTo: 1 },
    ]);
  });

  it("sends photos as Telegram does, upright, scaled and compressed, and what is no picture as a file", async () => {
    const large = await drawing
      .clone()
      .resize(3000, 2000, { fit: "fill" })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const files = [
      { name: "a.png", bytes: large },
      { name: "b.png", bytes: large },
      { name: "c.jpg", bytes: Buffer.from("Dear diary") },
    ];
    await chat.sends(files, "photo");
    const [one, two, three] = chat.messages();
    expect([one?.photo, one?.album === two?.album]).toMatchObject([{ width: 853, height: 1280 }, true]);
    expect(three?.document).toMatchObject({ name: "c.jpg", bytes: 10 });
    const stored = chat.file(decodeURIComponent(String(one?.photo?.url.split("/").at(-1))));
    expect(await sharp(stored).metadata()).toMatchObject({ format: "jpeg", width: 853, height: 1280 });
    expect(countAlbums(chat.messages())).toBe(1);
  });

  it("sends files exactly as they are", async () => {
    const bytes = await drawing.clone().png().toBuffer();
    await chat.sends([{ name: "Әлия 1.png", bytes }], "document");
    const [message] = chat.messages();
    expect(message?.document).toMatchObject({ name: "Әлия 1.png", bytes: bytes.length });
    const stored = chat.file(decodeURIComponent(String(message?.document?.url.split("/").at(-1))));
    expect(Buffer.from(stored ?? []).equals(bytes)).toBe(true);
  });

  it("shows the bot's pictures, albums and files, edits them in place, and has their bytes as long as they are shown", async () => {
    const bytes = await drawing.clone().jpeg().toBuffer();
    await chat.sends(
      [
        { name: "a.jpg", bytes },
        { name: "b.jpg", bytes: Buffer.concat([bytes, bytes]) },
      ],
      "photo",
    );
    await chat.sends([{ name: "c.jpg", bytes }], "document");
    const files = fake.control.person(personId).chat();
    const [one, other] = files.map(({ photo }) => photo?.fileId);
    const document = files.at(-1)?.document?.fileId;
    await botCalls("sendPhoto", { photo: one, caption: "Made with AI" });
    await botCalls("sendMediaGroup", { media: [one, other].map((media) => ({ type: "photo", media })) });
    await botCalls("sendDocument", { document, caption: "Original" });
    const [picture, ...rest] = chat.messages().slice(3);
    expect(picture).toMatchObject({ from: "bot", text: "Made with AI", photo: { width: 960 } });
    expect(rest[0]?.album).toBeDefined();
    expect(rest).toMatchObject([
      { from: "bot", album: rest[0]?.album },
      { from: "bot", album: rest[0]?.album },
      { from: "bot", text: "Original", document: { name: "c.jpg", bytes: bytes.length } },
    ]);

    await botCalls("editMessageMedia", {
      message_id: picture?.id,
      media: { type: "photo", media: other, caption: "2/2" },
    });
    expect(chat.messages().find(({ id }) => id === picture?.id)).toMatchObject({ edited: true, text: "2/2" });
    const small = fake.control.updates.at(-2)?.message?.photo?.[0]?.file_id;
    expect([one, other, document, small].map((id) => chat.file(String(id)) !== undefined)).toStrictEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("resolves a press with what the bot answers", async () => {
    chat.says("/start");
    await botCalls("sendMessage", {
      text: "?",
      reply_markup: { inline_keyboard: [[{ text: "Go", callback_data: "v1:go" }]] },
    });
    const answer = chat.presses(2, "v1:go");
    const press = fake.control.updates.at(-1)?.callback_query?.id;
    await botCalls("answerCallbackQuery", { callback_query_id: press, text: "Done", show_alert: true });
    expect(await answer).toStrictEqual({ type: "answered", text: "Done", alert: true });
  });

  it("says that a button is gone, and that a file is", async () => {
    chat.says("/start");
    expect(await chat.presses(1, "v1:go")).toStrictEqual({ type: "gone" });
    expect(chat.file("nothing")).toBeUndefined();
  });

  it("shows what the bot does until it has written", async () => {
    chat.says("/start");
    await botCalls("sendChatAction", { action: "typing" });
    expect(chat.room().action).toBe("typing");
    await botCalls("sendMessage", { text: "Hi" });
    expect(chat.room().action).toBeUndefined();
  });

  it("says in the chat that the person blocked the bot, and goes on like that after a restart", () => {
    chat.says("/start");
    chat.speaks("ru");
    chat.blocks();
    chat.unblocks();
    chat.blocks();
    expect(chat.messages().map(({ id, text }) => [id, text])).toStrictEqual([
      [1, "/start"],
      [1.001, "You blocked the bot"],
      [1.002, "You unblocked the bot"],
      [1.003, "You blocked the bot"],
    ]);
    start(fake.snapshot());
    expect(chat.room()).toMatchObject({ blocked: true, language: "ru" });
    expect(chat.messages()).toMatchObject([{ text: "/start" }]);
  });
});
