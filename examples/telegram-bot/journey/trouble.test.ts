import { describe, expect, it } from "vitest";
import { drawPhoto, drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, lastOfBot, press, said, wordsOf } from "./moves.ts";
import { countRows } from "./read-database.ts";
import { walk } from "./walk.ts";

const announced = (words: readonly string[]): number => words.filter((text) => /is ready\./i.test(text)).length;

describe("the reference bot in trouble", { timeout: 600_000 }, () => {
  it("trains once and pays once when the button is pressed twice", async () => {
    const stage = await journeyStage();
    const { ada, bot, until, orders } = stage;
    await bot.start();
    await walk(stage, ada, "continues", await drawPhotos(10));
    press(ada, "v1:train-balanced");
    press(ada, "v1:train-balanced");
    await until(() => expect(announced(said(ada))).toBe(1));
    expect(orders()).toBe(1);
    expect(countRows(stage.database, "order")).toBe(1);
  });

  it("does nothing to another owner's avatar, whatever a forged button says", async () => {
    const stage = await journeyStage();
    const { ada, bot, until, orders, telegram } = stage;
    await bot.start();
    await walk(stage, ada, "continues", await drawPhotos(10));
    const avatarId = buttonLike(ada, "v1:train-balanced")?.data.split(":")[2] ?? "";
    expect(avatarId).toMatch(/^[0-9a-f-]{36}$/);

    const eve = telegram.control.person(666, { firstName: "Eve", languageCode: "en" });
    eve.says("/start");
    await until(() => expect(said(eve)).not.toHaveLength(0));
    for (const verb of [
      "train-balanced",
      "confirm",
      "photos",
      "open",
      "main",
      "rename",
      "undo",
      "continue",
      "delete-yes",
    ]) {
      const { text } = await eve.forges(`v1:${verb}:${avatarId}`).answer;
      expect(text, verb).toMatch(/button/i);
    }
    expect(said(eve).join()).not.toContain("Әлия");
    expect([orders(), countRows(stage.database, "avatar"), countRows(stage.database, "photo")]).toStrictEqual([
      0, 1, 10,
    ]);
  });

  it("says of an old button and of nonsense that the button is old", async () => {
    const stage = await journeyStage();
    const { ada, bot } = stage;
    await bot.start();
    await walk(stage, ada, "says the gender");
    for (const data of [
      "v1:kind:style",
      "v0:kind:style",
      "v1:explode",
      "v1:train-balanced:",
      `v1:open:${"x".repeat(50)}`,
    ])
      expect((await ada.forges(data).answer).text, data).toMatch(/button/i);
  });

  it.each(["unblocks the bot", "says /start"])(
    "tells a person who blocked it what they missed, once, when they return: %s",
    async (way) => {
      const stage = await journeyStage();
      const { ada, bot, until, database } = stage;
      await bot.start();
      await walk(stage, ada, "continues", await drawPhotos(10));
      press(ada, "v1:train-balanced");
      await until(() => expect(countRows(database, "order")).toBe(1));
      ada.blocks();
      await until(() => expect(bot.output()).toContain("undeliverable"));
      ada.unblocks();
      if (way === "says /start") ada.says("/start");
      await until(() => expect(announced(said(ada))).toBe(1));
      ada.says("/start");
      ada.says("/avatars");
      await until(() => expect(buttonLike(ada, "v1:open")).toBeDefined());
      expect(announced(said(ada))).toBe(1);
    },
  );

  it("brings the ready message first while every edit is rate-limited", async () => {
    const stage = await journeyStage();
    const { ada, bot, until, telegram } = stage;
    await bot.start();
    await walk(stage, ada, "continues", await drawPhotos(10));
    const edits = ["editMessageText", "editMessageCaption", "editMessageReplyMarkup"];
    telegram.control.fault({ method: edits, untilCleared: true, answer: { error_code: 429, retry_after: 60 } });
    press(ada, "v1:train-balanced");
    await until(() => expect(announced(said(ada))).toBe(1));
  });

  it("takes two albums at once, and says of the rest that there is no place for it", async () => {
    const stage = await journeyStage();
    const { ada, bot, until, database } = stage;
    await bot.start();
    await walk(stage, ada, "confirms what is asked before photos");
    const [first, second, third] = [await drawPhotos(10), await drawPhotos(10, 11), await drawPhoto(21)];
    ada.sendsAlbum(first.map((bytes) => ({ bytes })));
    ada.sendsAlbum(second.map((bytes) => ({ bytes, as: "document", name: "photo.jpg", mimeType: "image/jpeg" })));
    await until(() => expect(said(ada).at(-1)).toContain("Accepted: 20 ("));
    expect(countRows(database, "photo")).toBe(20);
    ada.sendsPhoto(third);
    await until(() => expect(said(ada).join("\n")).toContain("There is no room for more."));
    expect(countRows(database, "photo")).toBe(20);
  });

  it("says why the same photo, a PDF with the name of a picture and a file of 25 MB were not taken", async () => {
    const stage = await journeyStage();
    const { ada, bot, until, telegram } = stage;
    await bot.start();
    await walk(stage, ada, "confirms what is asked before photos");
    const photo = await drawPhoto(1);
    ada.sendsPhoto(photo);
    await until(() => expect(buttonLike(ada, "v1:undo")).toBeDefined());
    ada.sendsPhoto(photo);
    await until(() => expect(said(ada).join("\n")).toMatch(/the same/i));
    ada.sendsFile({ bytes: Buffer.from("%PDF-1.7 of course"), name: "me.jpg", mimeType: "image/jpeg" });
    await until(() => expect(said(ada).join("\n")).toMatch(/not (?:a|an) (?:photo|picture|image)/i));
    const { fileId } = ada.sendsFile({ size: 25_000_000, name: "huge.jpg", mimeType: "image/jpeg" });
    await until(() => expect(said(ada).join("\n")).toMatch(/2[0-9](?:\.\d)? MB/));
    expect(telegram.control.calls.filter(({ payload }) => payload["file_id"] === fileId)).toStrictEqual([]);
  });

  it("answers a voice message, a sticker and a video with one hint each, not with silence", async () => {
    const stage = await journeyStage();
    const { ada, bot, until } = stage;
    await bot.start();
    await walk(stage, ada, "confirms what is asked before photos");
    for (const [send, word] of [
      [() => ada.sendsVoice(), /voice/i],
      [() => ada.sendsSticker(), /sticker/i],
      [() => ada.sendsVideo(), /video/i],
    ] as const) {
      send();
      await until(() => expect(wordsOf(lastOfBot(ada))).toMatch(word));
    }
  });

  it("acts once on an update that comes twice", async () => {
    const stage = await journeyStage({ mode: "webhook" });
    const { ada, bot, until, telegram, database } = stage;
    await bot.start();
    await walk(stage, ada, "confirms what is asked before photos");
    const before = said(ada).length;
    for (const { update_id } of telegram.control.updates) telegram.control.deliverAgain(update_id);
    ada.sendsPhoto(await drawPhoto(1));
    await until(() => expect(said(ada).at(-1)).toContain("Accepted: 1 ("));
    expect([countRows(database, "avatar"), countRows(database, "photo"), said(ada).length]).toStrictEqual([
      1,
      1,
      before + 1,
    ]);
  });
});
