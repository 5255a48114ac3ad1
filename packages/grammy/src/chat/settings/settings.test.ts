import { aModel, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english, words } from "../__fixtures__/words.ts";

const actor = "telegram:42";
const untouched = { language: "English", followed: true, pictures: 1, progress: true };
const labels = (stage: BotStage) => newest(stage).buttons?.flat() ?? [];

describe("/settings", () => {
  it("shows what holds, and marks what was chosen", async () => {
    const stage = await botStage();
    await stage.says("/settings");
    expect(newest(stage).text).toBe(english("settings", untouched));
    expect(labels(stage)).toStrictEqual(
      expect.arrayContaining([
        "English",
        "Русский",
        "Қазақша",
        "✓ As in Telegram",
        "✓ 1 picture",
        "4 pictures",
        "✓ Progress",
      ]),
    );
    await stage.presses("4 pictures");
    await stage.presses("Result only");
    expect(newest(stage).text).toBe(english("settings", { ...untouched, pictures: 4, progress: false }));
    expect(labels(stage)).toStrictEqual(expect.arrayContaining(["1 picture", "✓ 4 pictures", "✓ Result only"]));
    expect(stage.bot()).toHaveLength(1);
    expect(await valueOf(stage.likeness.owners.settings({ actor }))).toStrictEqual({
      picturesPerPress: 4,
      progress: "hidden",
    });
  });

  it("changes the language of everything, in every topic, until it follows Telegram again", async () => {
    const stage = await botStage({ notifies: true });
    await stage.says("/settings");
    await stage.presses("Русский");
    expect(newest(stage).text).toBe(words("ru", "settings", { ...untouched, language: "Русский", followed: false }));
    expect(await valueOf(stage.likeness.owners.settings({ actor }))).toStrictEqual({ locale: "ru" });
    const { topicId } = stage.ada.createsTopic("Another");
    await stage.says("/avatars");
    expect(newest(stage).text).toBe(words("ru", "avatars.empty"));
    expect(stage.ada.chat().at(-1)?.topicId).toBe(topicId);
    stage.ada.opensTopic();

    const avatarId = await stage.draft();
    await valueOf(stage.likeness.trainings.start({ actor, avatarId }));
    await stage.pass(1);
    stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
    await stage.pass(90);
    expect(newest(stage).text).toBe(words("ru", "ready", { name: "Ada", model: "stored" }));

    await stage.says("/settings");
    await stage.presses(words("ru", "button.follow-telegram", { chosen: false }));
    expect(newest(stage).text).toBe(english("settings", untouched));
    await stage.says("/terms@nobody");
    await stage.says("/avatars");
    expect(newest(stage).text).toContain("You have 1 avatar");
  });

  it("keeps a language that was chosen in another channel for notifications too", async () => {
    const stage = await botStage({ notifies: true });
    await stage.says("/avatars");
    await valueOf(stage.likeness.owners.changeSettings({ actor, locale: "ru" }));
    const avatarId = await stage.draft();
    await valueOf(stage.likeness.trainings.start({ actor, avatarId }));
    await stage.pass(1);
    stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
    await stage.pass(90);
    expect(newest(stage).text).toBe(words("ru", "ready", { name: "Ada", model: "stored" }));
  });

  it("does not show the progress that a person does not want, and tells the end", async () => {
    const stage = await botStage({ notifies: true });
    await valueOf(stage.likeness.owners.changeSettings({ actor, progress: "hidden" }));
    const avatarId = await stage.draft();
    await stage.says("/start");
    await stage.forges(`v1:confirm:${avatarId}`);
    await stage.presses(english("button.train"));
    await stage.pass(1);
    const card = newest(stage).text;
    stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
    await stage.pass(30);
    expect(newest(stage).text).toBe(card);
    stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
    await stage.pass(90);
    expect(stage.bot().map(({ text }) => text)).toStrictEqual(
      expect.arrayContaining([
        english("progress.ended", { name: "Ada", outcome: "succeeded" }),
        english("ready", { name: "Ada", model: "stored" }),
      ]),
    );
  });

  it("takes data that no button has for an old one", async () => {
    const stage = await botStage();
    await stage.says("/settings");
    for (const data of ["set", "set:locale:xx", "set:picturesPerPress:3", "set:progress:loud", "set:constructor:1"])
      expect(await stage.forges(`v1:${data}`), data).toBe(english("toast.old-button"));
    expect(await valueOf(stage.likeness.owners.settings({ actor }))).toStrictEqual({});
  });
});

describe("the language that Telegram states", () => {
  it.each([
    ["ru-UA", "ru"],
    ["ru", "ru"],
    ["kk-KZ", "kk"],
    ["pt", "en"],
    ["pt-BR", "en"],
    ["en-GB", "en"],
    [undefined, "en"],
  ])("%s is answered in %s", async (languageCode, locale) => {
    const stage = await botStage({ texts: { kk: { "avatars.empty": () => "Аватарларыңыз әлі жоқ." } } });
    const person = stage.fake.control.person(77, { languageCode });
    person.says("/avatars");
    await stage.handle();
    const said = person.chat().findLast(({ from }) => from === "bot")?.text;
    expect(said).toBe(locale === "kk" ? "Аватарларыңыз әлі жоқ." : words(locale, "avatars.empty"));
  });
});
