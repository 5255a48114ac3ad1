import type { Credits } from "@likeness/core";
import { okAsync } from "neverthrow";
import { defaultScenes, freeOfCharge } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { botStage, newest } from "../__fixtures__/bot-stage.ts";
import { english, words } from "../__fixtures__/words.ts";
import { drawable, drawing, train } from "./__fixtures__/drawable.ts";
import { labelsOf, lastOf, mediaIn } from "./__fixtures__/seen-pictures.ts";

const card = (given: Partial<Parameters<typeof english<"order.prompt">>[1]> = {}) =>
  english("order.prompt", {
    name: "Ada",
    shown: { scene: "Café" },
    ratio: "4:5",
    count: 1,
    previous: false,
    ...given,
  });

const priced = (amount: number): Credits => ({
  ...freeOfCharge,
  quote: ({ count }) => okAsync({ amount: amount * count, unit: "credits" }),
});

describe("the way to a picture", () => {
  it("leads from the message that the avatar is ready over a scene to a picture with its buttons", async () => {
    const stage = await botStage({ notifies: true });
    await stage.says("/start");
    await train(stage, await stage.draft());
    expect(newest(stage).buttons?.[0]).toStrictEqual([english("button.make-pictures")]);

    await stage.presses(english("button.make-pictures"));
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 3, previous: false }));
    await stage.presses("Café");
    expect(newest(stage)).toStrictEqual({
      text: card(),
      buttons: [
        ["1:1", "✓ 4:5", "3:4", "2:3"],
        ["9:16", "4:3", "3:2", "16:9"],
        ["✓ 1 picture", "4 pictures"],
        [english("button.draw")],
        [english("button.other-scene")],
      ],
    });
    const bubbles = stage.bot().length;
    await stage.presses(english("button.draw"));
    expect(newest(stage)).toStrictEqual({
      text: english("drawing", { name: "Ada", ready: 0, count: 1 }),
      buttons: [[english("button.cancel-drawing")]],
    });
    expect(stage.bot()).toHaveLength(bubbles);
    const { accepted, make } = drawing(stage);
    const [order] = await accepted();
    if (order) make(order);
    await stage.pass(6);

    expect(lastOf(stage)).toMatchObject({ caption: "Made with AI", photo: { width: 864, height: 1152 } });
    expect(labelsOf(stage)).toStrictEqual([
      ["♡", english("button.again"), english("button.variation")],
      [english("button.original"), english("button.larger")],
      [english("button.delete-picture")],
    ]);
    expect(stage.bot()).toHaveLength(bubbles);
    expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.drawing")).toStrictEqual([]);
    expect(order?.snapshot.plan).toMatchObject({ from: "scene", scene: "cafe", ratio: "4:5" });
  });

  it("turns the pages of the scenes in place, and comes back to them from a card", async () => {
    const { stage } = await drawable();
    await stage.says("/images");
    const bubbles = stage.bot().length;
    expect(labelsOf(stage).slice(0, 2)).toStrictEqual([
      ["Headshot", "Profile photo"],
      [expect.any(String), expect.any(String)],
    ]);
    await stage.presses(english("button.next"));
    await stage.presses(english("button.next"));
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 3, pages: 3, previous: false }));
    expect(labelsOf(stage)[4]).toStrictEqual([english("button.previous")]);
    await stage.presses("Toy figure");
    await stage.presses(english("button.other-scene"));
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 3, previous: false }));
    expect(stage.bot()).toHaveLength(bubbles);
  });

  it("shows the scenes of a pack where there are many, page by page, and all of them again", async () => {
    const { stage } = await drawable();
    await stage.says("/images");
    const bubbles = stage.bot().length;
    const packs = [
      ["▸ Portraits", "▸ Creative"],
      ["▸ For a profile", "▸ Just for fun"],
    ];
    const last = [[english("button.own-words")], [english("button.gallery")]];
    expect(labelsOf(stage).slice(4)).toStrictEqual([[english("button.next")], ...packs, ...last]);
    await stage.presses("▸ Creative");
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 2, previous: false }));
    expect(labelsOf(stage)[0]?.[0]).toBe("Astronaut");
    await stage.presses(english("button.next"));
    expect(labelsOf(stage)).toStrictEqual([
      ["Renaissance", "Enchanted forest"],
      ["Eighties snapshot", "Toy figure"],
      [english("button.previous")],
      ["▸ Portraits", "✓ Creative"],
      ["▸ For a profile", "▸ Just for fun"],
      [english("button.all-scenes")],
      ...last,
    ]);
    await stage.presses("▸ Just for fun");
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 1, previous: false }));
    expect(labelsOf(stage).slice(0, 3).flat()).toHaveLength(5);
    await stage.presses(english("button.all-scenes"));
    expect(labelsOf(stage).slice(4)).toStrictEqual([[english("button.next")], ...packs, ...last]);
    expect(stage.bot()).toHaveLength(bubbles);
    for (const { text, data } of lastOf(stage).buttons.flat()) {
      expect(text.length).toBeLessThanOrEqual(30);
      expect(Buffer.byteLength(data ?? "")).toBeLessThanOrEqual(64);
    }
  });

  it.each([
    ["ru", ["▸ Портреты", "▸ Творческие"]],
    ["kk", ["▸ Портреттер", "▸ Шығармашылық"]],
  ])("names the packs in the person's language: %s", async (languageCode, packs) => {
    const { stage } = await drawable({ languageCode });
    await stage.says("/images");
    expect(labelsOf(stage)[5]).toStrictEqual(packs);
  });

  it("needs no packs for scenes that fit on one page, and shows all scenes for a pack that is gone", async () => {
    const few = await drawable({ images: { scenes: defaultScenes.slice(0, 8), packs: undefined } });
    await few.stage.says("/images");
    expect(labelsOf(few.stage)).toHaveLength(6);
    const { stage, avatarId } = await drawable({ images: { packs: [] } });
    await stage.forges(`v1:scenes:${avatarId}:00000000-2`);
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 2, pages: 3, previous: false }));
  });

  it("says what a scene is not good for, and preselects its shape", async () => {
    const { stage } = await drawable();
    await stage.says("/images");
    await stage.presses(english("button.next"));
    await stage.presses("Like an ID photo");
    const note = "Not valid as a photo for documents.";
    expect(newest(stage).text).toBe(card({ shown: { scene: "Like an ID photo", note } }));
    await stage.presses(english("button.other-scene"));
    await stage.presses("Boardroom");
    expect(labelsOf(stage)[1]).toContain("✓ 3:2");
  });

  it("keeps every choice on the card, and orders what it says", async () => {
    const { stage, accepted } = await drawable();
    await stage.says("/images");
    await stage.presses("Café");
    await stage.presses("16:9");
    await stage.presses("4 pictures");
    expect(newest(stage).text).toBe(card({ ratio: "16:9", count: 4 }));
    await stage.presses(english("button.draw"));
    const orders = await accepted();
    expect(orders.map(({ snapshot: { plan } }) => [plan.scene, plan.ratio])).toStrictEqual(
      Array.from({ length: 4 }, () => ["cafe", "16:9"]),
    );
    expect(new Set(orders.map(({ snapshot: { plan } }) => plan.seed)).size).toBe(4);
  });

  it("shows the price where there is one, and never dollars", async () => {
    const { stage } = await drawable({ credits: priced(2) });
    await stage.says("/images");
    await stage.presses("Café");
    expect(newest(stage).text).toContain("\nPrice: 2 credits");
    await stage.presses("4 pictures");
    expect(newest(stage).text).toBe(card({ count: 4, price: { amount: 8, unit: "credits" } }));
    expect(stage.bot().some(({ text }) => /\$|dollar/i.test(text))).toBe(false);
  });

  it("is Russian for somebody who speaks it", async () => {
    const { stage, accepted, make } = await drawable({ languageCode: "ru" });
    await stage.says("/images");
    await stage.presses("В кафе");
    const shown = { scene: "В кафе" };
    expect(newest(stage).text).toBe(
      words("ru", "order.prompt", { name: "Ada", shown, ratio: "4:5", count: 1, previous: false }),
    );
    await stage.presses("4 изображения");
    await stage.presses("Нарисовать");
    expect(newest(stage).text).toBe("Рисую 4 изображения с аватаром Ada… Готово 0 из 4.");
    for (const order of await accepted()) make(order);
    await stage.pass(8);
    expect(mediaIn(stage)[0]?.caption).toBe("1 · Создано с помощью ИИ");
    expect(newest(stage).text).toBe("4 изображения с аватаром Ada. Нажмите на номер, чтобы открыть изображение.");
  });
});

describe("/images", () => {
  it("says what to do when there is no avatar, or none that is ready", async () => {
    const stage = await botStage();
    await stage.says("/images");
    expect(newest(stage)).toStrictEqual({
      text: english("images.none", { avatars: 0 }),
      buttons: [[english("button.create")]],
    });
    await stage.draft();
    await stage.says("/images");
    expect(newest(stage)).toStrictEqual({
      text: english("images.none", { avatars: 1 }),
      buttons: [[english("button.avatars")]],
    });
  });

  it("asks which one when several are ready, the main one first", async () => {
    const { stage, actor } = await drawable();
    const second = await stage.draft("Grace");
    await train(stage, second);
    await stage.likeness.avatars.setMain({ actor, avatarId: second });
    await stage.draft("Not ready");
    await stage.says("/images");
    expect(newest(stage)).toStrictEqual({
      text: english("images.whose"),
      buttons: [["Grace", "Ada"], [english("button.gallery")]],
    });
    await stage.presses("Ada");
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 3, previous: false }));
  });

  it("has a button in the menu once an avatar is ready", async () => {
    const { stage } = await drawable();
    await stage.says("/start");
    expect(newest(stage).buttons?.[0]).toStrictEqual([english("button.make-pictures")]);
    await stage.presses(english("button.make-pictures"));
    expect(newest(stage).text).toContain("Choose a scene");
  });

  it("is one of the commands, and in the help, only where pictures are made", async () => {
    const { stage } = await drawable();
    await stage.avatars.commands();
    expect(stage.ada.commands().map(({ command }) => command)).toContain("images");
    await stage.says("/help");
    expect(newest(stage).text).toContain("/images");
    await stage.says("/images@another_bot");
    expect(newest(stage).text).toContain("I do not know this command.");
  });
});

describe("a hint", () => {
  it("names /images once an avatar is ready, and while it is trained again", async () => {
    const { stage, actor, avatarId } = await drawable();
    const hint = english("hint", { waiting: "pictures", received: "text" });
    expect(hint).toContain("/images");
    await stage.says("Draw me a sheep");
    expect(newest(stage).text).toBe(hint);
    await stage.says("/help");
    expect(newest(stage).text).toContain(english("hint", { waiting: "pictures", received: "command" }).split(". ")[1]);
    await stage.likeness.trainings.start({ actor, avatarId });
    await stage.pass(6);
    await stage.says("And now?");
    expect(newest(stage).text).toBe(hint);
  });

  it("is on the message about the training of an avatar that has a model", async () => {
    const { stage, actor, avatarId } = await drawable();
    await stage.likeness.trainings.start({ actor, avatarId });
    await stage.pass(2);
    await stage.forges(`v1:progress:${avatarId}`);
    expect(newest(stage).text).toContain("Until then, /images draws with the previous model.");
  });
});

describe("a deployment without pictures", () => {
  it("offers none, and leaves /images to the host", async () => {
    const { stage, avatarId } = await drawable({ images: false });
    expect(newest(stage)).toStrictEqual({
      text: english("ready", { name: "Ada", model: "stored" }),
      buttons: [[english("button.avatars")], [english("button.create")]],
    });
    await stage.forges(`v1:open:${avatarId}`);
    expect(labelsOf(stage).flat()).not.toContain(english("button.make-pictures"));
    await stage.avatars.commands();
    expect(stage.ada.commands().map(({ command }) => command)).not.toContain("images");
    await stage.says("/images");
    expect(newest(stage).text).toBe(english("hint", { waiting: "nothing", received: "command" }));
    await stage.says("/help");
    expect(newest(stage).text).not.toContain("/images");
    const old = english("toast.old-button");
    for (const verb of ["make", "gallery", "again", "draw", "words"])
      expect(await stage.forges(`v1:${verb}:${avatarId}`)).toBe(old);
  });
});

describe("an avatar that is trained again", () => {
  it("is drawn by its previous model meanwhile, and the card says so", async () => {
    const { stage, actor, avatarId, accepted } = await drawable();
    await stage.likeness.trainings.start({ actor, avatarId });
    await stage.pass(2);
    await stage.forges(`v1:make:${avatarId}`);
    expect(newest(stage).text).toBe(english("scenes.prompt", { name: "Ada", page: 1, pages: 3, previous: true }));
    await stage.presses("Café");
    expect(newest(stage).text).toBe(card({ previous: true }));
    await stage.presses(english("button.draw"));
    const [order] = await accepted();
    const [newer, older] = (await stage.overviews())[0]?.trainings ?? [];
    expect(order?.snapshot.trainingId).toBe(older?.id);
    expect(newer?.state.status).toBe("submitted");
  });
});
