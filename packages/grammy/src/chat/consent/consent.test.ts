import { defaultConsent, type ConsentAsk } from "@likeness/core";
import { photoBytes, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { botStage, newest, type BotStage, type StageOptions } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english } from "../__fixtures__/words.ts";

const actor = "telegram:42";
const [photos, adult] = ["My photos, or with permission", "Everyone is 18 or older"] as const;
const open = (label: string) => `☐ ${label}`;
const ticked = (label: string) => `☑ ${label}`;
const agree = english("button.agree");

const asking = (options: StageOptions = {}) => botStage({ consent: defaultConsent, ...options });

/** Ada has named an avatar. */
async function asked(options: StageOptions = {}): Promise<BotStage> {
  const stage = await asking(options);
  await reach(stage, "photos");
  return stage;
}

const statements = defaultConsent.statements.map(({ text }) => text.en);
const question = (refused = false, because: "never-given" | "withdrawn" | "outdated" = "never-given") =>
  english("consent.ask", { about: { photoDays: 30, ownerDays: 1_095 }, statements, because, refused });
const photosPrompt = { name: "Ada", kind: "portrait", accepted: 0, minimum: 3, maximum: 5 } as const;

const consents = (stage: BotStage) => valueOf(stage.storage.store.consents.listByOwner(actor));
const photosOf = async (stage: BotStage) => (await stage.overviews())[0]?.photos.length;

async function confirm(stage: BotStage): Promise<void> {
  for (const label of [open(photos), open(adult), agree]) await stage.presses(label);
}

describe("the question for consent", () => {
  it("comes before the photos, with a box that is not ticked for each statement", async () => {
    const stage = await asked();
    expect(newest(stage)).toStrictEqual({ text: question(), buttons: [[open(photos)], [open(adult)], [agree]] });
    expect(await consents(stage)).toStrictEqual([]);
  });

  it("goes on to the photos when every box is ticked, and says before that why not", async () => {
    const stage = await asked();
    expect(await stage.presses(agree)).toBe(english("toast.tick-all", { left: 2 }));
    await stage.presses(open(adult));
    expect(newest(stage).buttons).toStrictEqual([[open(photos)], [ticked(adult)], [agree]]);
    expect(await stage.presses(agree)).toBe(english("toast.tick-all", { left: 1 }));
    await stage.presses(ticked(adult));
    await stage.presses(open(adult));
    await stage.presses(open(photos));
    const [card] = stage.ada.chat().filter(({ text }) => text === question());
    expect(await stage.presses(agree)).toBeUndefined();
    expect(newest(stage).text).toBe(english("photos.prompt", photosPrompt));
    expect(await consents(stage)).toMatchObject([
      { ownerId: actor, version: "1", locale: "en", messageId: `42:${card?.id}`, textHash: expect.any(String) },
    ]);
    const record = stage.ada.chat().find(({ id }) => id === card?.id);
    expect(record?.text).toContain("You have confirmed");
    expect(record?.buttons).toStrictEqual([]);
  });

  it("is not asked again for another avatar", async () => {
    const stage = await asked();
    await confirm(stage);
    await stage.says("/cancel");
    await stage.draft("Grace");
    await stage.says("/avatars");
    expect(stage.bot().filter(({ text }) => text === question())).toStrictEqual([]);
    expect(await consents(stage)).toHaveLength(1);
  });

  it("takes two quick ticks that were both drawn before either, and the same one twice", async () => {
    const stage = await asked();
    stage.ada.presses({ text: open(photos) });
    stage.ada.presses({ text: open(adult) });
    stage.ada.presses({ text: open(adult) });
    await stage.handle();
    expect(newest(stage).buttons).toStrictEqual([[ticked(photos)], [ticked(adult)], [agree]]);
  });

  it.each([1, 3])("is answered once when it is pressed twenty times at once, by %i processes", async (bots) => {
    const stage = await asked({ bots });
    await stage.presses(open(photos));
    await stage.presses(open(adult));
    stage.ada.presses({ text: agree });
    await stage.handleAtOnce(stage.newestUpdate(), 20 / bots);
    for (let times = 0; times < 20; times++) stage.ada.forges(agreeIn(stage));
    await stage.handle();
    expect(await consents(stage)).toHaveLength(1);
    expect(newest(stage).text).toBe(english("photos.prompt", photosPrompt));
  });

  it("does not take photos that come before the answer, and asks below them, once for an album", async () => {
    const stage = await asked();
    stage.ada.sendsAlbum(Array.from({ length: 4 }, () => ({ bytes: photoBytes() })));
    await stage.handle();
    await stage.pass(10);
    expect(await photosOf(stage)).toBe(0);
    expect(stage.fake.control.calls.filter(({ method }) => method === "getFile")).toStrictEqual([]);
    expect(stage.bot().slice(-1)).toStrictEqual([
      { text: question(true), buttons: [[open(photos)], [open(adult)], [agree]] },
    ]);
    expect(stage.bot().filter(({ text, buttons }) => text === question() && buttons)).toStrictEqual([]);
    await confirm(stage);
    stage.ada.sendsPhoto({ bytes: photoBytes() });
    await stage.handle();
    await stage.pass(3);
    expect(await photosOf(stage)).toBe(1);
  });

  it("says what is waited for when a text comes instead", async () => {
    const stage = await asked();
    await stage.says("and now?");
    expect(newest(stage).text).toBe(english("hint", { waiting: "consent", received: "text" }));
  });

  it("is old above a newer one", async () => {
    const stage = await asked();
    const [old] = stage.ada.chat().filter(({ text }) => text === question());
    const data = agreeIn(stage);
    await stage.says("/start");
    await stage.presses(english("button.resume"));
    expect(newest(stage).buttons).toStrictEqual([[open(photos)], [open(adult)], [agree]]);
    const pressed = stage.ada.forges(data, old?.id);
    await stage.handle();
    expect((await pressed.answer).text).toBe(english("toast.old-button"));
    expect(await consents(stage)).toStrictEqual([]);
  });

  it("works in a topic", async () => {
    const stage = await asking();
    const { topicId } = stage.ada.createsTopic("Avatars");
    await reach(stage, "photos");
    await confirm(stage);
    const elsewhere = stage.ada.chat().filter((message) => message.from === "bot" && message.topicId !== topicId);
    expect(elsewhere).toStrictEqual([]);
    expect(newest(stage).text).toBe(english("photos.prompt", photosPrompt));
    expect(await consents(stage)).toHaveLength(1);
  });
});

/** The data of *Continue* on the newest card. */
const agreeIn = (stage: BotStage): string =>
  stage.ada
    .chat()
    .flatMap(({ buttons }) => buttons.flat())
    .findLast(({ text }) => text === agree)?.data ?? "v1:agree::en.000000000000";

describe("a consent that does not hold any more", () => {
  const worded = (word: string): ConsentAsk => ({
    version: "1",
    statements: [{ key: "photos", text: { en: `These are my photos, ${word}.` } }],
  });

  it("is asked for again in the middle, if the wording changes between the question and the press", async () => {
    const { statements: both } = defaultConsent;
    const ask = { version: "1", statements: [...both] };
    const stage = await asked({ consent: ask });
    await stage.presses(open(photos));
    await stage.presses(open(adult));
    ask.statements = [...worded("really").statements];
    expect(await stage.presses(agree)).toBe(english("toast.new-wording"));
    expect(await consents(stage)).toStrictEqual([]);
    expect(newest(stage).text).toContain("These are my photos, really.");
    await stage.presses("☐ These are my photos, really.");
    await stage.presses(agree);
    expect(await consents(stage)).toHaveLength(1);
    expect(newest(stage).text).toBe(english("photos.prompt", photosPrompt));
  });

  it("is asked for before a training, which goes on after it", async () => {
    const ask = { ...defaultConsent };
    const stage = await asking({ consent: ask });
    const wording = await valueOf(stage.likeness.owners.consent({ actor, locale: "en" }));
    if (wording.type === "missing") await valueOf(stage.likeness.owners.giveConsent({ actor, ...wording.wording }));
    const avatarId = await stage.draft();
    ask.version = "2";
    await stage.says("/start");
    await stage.forges(`v1:confirm:${avatarId}`);
    await stage.presses(english("button.train"));
    expect(newest(stage).text).toBe(question(false, "outdated"));
    expect((await stage.overviews())[0]?.avatar.state.status).toBe("draft");
    await confirm(stage);
    expect(newest(stage).text).toContain("Ready to train?");
    await stage.presses(english("button.train"));
    expect((await stage.overviews())[0]?.avatar.state.status).toBe("training");
    expect((await consents(stage)).map(({ version }) => version)).toStrictEqual(["2", "1"]);
  });
});
