import { describe, expect, it } from "vitest";
import { botStage, newest, photoLimits } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english, words } from "../__fixtures__/words.ts";

const kindPrompt = {
  text: english("kind.prompt"),
  buttons: [
    [english("button.portrait")],
    [english("button.style")],
    [words("ru", "button.language"), words("kk", "button.language")],
  ],
};
const genderPrompt = (kind: "portrait" | "style") => ({
  text: english("gender.prompt", { kind }),
  buttons: [
    [english("button.female"), english("button.male")],
    [english(kind === "style" ? "button.anyone" : "button.unspecified")],
  ],
});
const namePrompt = { text: english("name.prompt", { minimum: 2, maximum: 50 }) };
const photosPrompt = (name: string, kind: "portrait" | "style" = "portrait") => ({
  text: english("photos.prompt", { name, kind, accepted: 0, ...photoLimits }),
});

it.each([
  { button: english("button.portrait"), kind: "portrait", label: english("button.female"), gender: "female" },
  { button: english("button.style"), kind: "style", label: english("button.anyone"), gender: "unspecified" },
] as const)("leads from the first word to the photos of a $kind", async ({ button, kind, label, gender }) => {
  const stage = await botStage();
  const welcome = { text: english("welcome") };
  await stage.says("/start");
  expect(stage.bot()).toStrictEqual([welcome, kindPrompt]);
  expect(await stage.presses(button)).toBeUndefined();
  expect(stage.bot()).toStrictEqual([welcome, genderPrompt(kind)]);
  expect(await stage.presses(label)).toBeUndefined();
  expect(stage.bot()).toStrictEqual([welcome, namePrompt]);
  await stage.says("Ada");
  expect(stage.bot()).toStrictEqual([welcome, namePrompt, photosPrompt("Ada", kind)]);
  const overviews = await stage.overviews();
  expect(overviews.map(({ avatar }) => [avatar.name, avatar.kind, avatar.gender, avatar.state.status])).toStrictEqual([
    ["Ada", kind, gender, "draft"],
  ]);
});

describe("a name", () => {
  it.each(["_Ada*[link](http://example.org)`<b>&amp;", "😀👩‍🚀 Ada", "Әлия Ғаниқызы Өңір", "/ Ada"])(
    "is shown exactly as it was written: %s",
    async (name) => {
      const stage = await botStage();
      await reach(stage, "name");
      await stage.says(name);
      expect(newest(stage)).toStrictEqual(photosPrompt(name));
      expect(newest(stage).text).toContain(name);
    },
  );

  it.each([
    { text: "A", problem: "too-short", length: 1 },
    { text: "A".repeat(51), problem: "too-long", length: 51 },
    { text: "Ada\nLovelace", problem: "control-character", length: 12 },
  ] as const)("that is $problem is refused, as a reply, and asked for again", async ({ text, ...problem }) => {
    const stage = await botStage();
    await reach(stage, "name");
    const { messageId } = stage.ada.says(text);
    await stage.handle();
    expect(stage.ada.chat().at(-1)).toMatchObject({
      text: english("name.invalid", { ...problem, minimum: 2, maximum: 50 }),
      replyTo: messageId,
    });
    await stage.says("Ada");
    expect(newest(stage)).toStrictEqual(photosPrompt("Ada"));
  });

  it("is not the rest of a text that an app has sent in two messages", async () => {
    const stage = await botStage();
    await reach(stage, "name");
    const before = stage.bot().length;
    await stage.says(`${"A".repeat(4_096)}Ada`);
    expect(stage.bot()).toHaveLength(before + 1);
    expect((await stage.conversation()).step.name).toBe("name");
    const rest = stage.newestUpdate();
    stage.fake.control.deliverAgain(rest.update_id);
    await stage.handle();
    expect((await stage.conversation()).step.name).toBe("name");
    await stage.says("Ada");
    expect(newest(stage)).toStrictEqual(photosPrompt("Ada"));
  });

  it("is refused with the limit when there are as many avatars as there may be", async () => {
    const stage = await botStage();
    await reach(stage, "name");
    for (let count = 0; count < 50; count++) await stage.draft(`Avatar ${count}`);
    await stage.says("Ada");
    expect(newest(stage)).toStrictEqual({
      text: english("avatars.full", { maximum: 50 }),
      buttons: [[english("button.avatars")]],
    });
    expect((await stage.conversation()).step).toStrictEqual({ name: "idle" });
  });

  it("can be changed later", async () => {
    const stage = await botStage();
    await reach(stage, "rename");
    expect(newest(stage)).toStrictEqual({
      text: english("rename.prompt", { name: "Ada", minimum: 2, maximum: 50 }),
    });
    await stage.says("A");
    expect(newest(stage).text).toBe(
      english("name.invalid", { problem: "too-short", length: 1, minimum: 2, maximum: 50 }),
    );
    await stage.says("Ada <Lovelace>");
    expect(newest(stage)).toStrictEqual({
      text: english("renamed", { name: "Ada <Lovelace>" }),
      buttons: [[english("button.avatars")]],
    });
    expect((await stage.overviews()).map(({ avatar }) => avatar.name)).toStrictEqual(["Ada <Lovelace>"]);
  });
});
