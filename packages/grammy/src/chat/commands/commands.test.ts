import { describe, expect, it } from "vitest";
import { botStage, newest, photoLimits, type BotStage } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english, words } from "../__fixtures__/words.ts";

const language = [words("ru", "button.language"), words("kk", "button.language")];
const welcome = { text: english("welcome") };
const kindPrompt = {
  text: english("kind.prompt"),
  buttons: [[english("button.portrait")], [english("button.style")], language],
};
const menu = (avatars: number) => ({
  text: english("menu", { avatars }),
  buttons: [[english("button.create")], [english("button.avatars")], language],
});
const resumeButtons = [[english("button.resume")], [english("button.restart")]];
const photosPrompt = { text: english("photos.prompt", { name: "Ada", kind: "portrait", accepted: 0, ...photoLimits }) };

/** What was said since. */
async function answerTo(stage: BotStage, text: string) {
  const { messageId } = stage.ada.says(text);
  await stage.handle();
  return stage.bot(messageId);
}

describe("/start", () => {
  it.each(["/start", "/start promo-7", "/start@likeness_bot", "/START", "/start@LIKENESS_BOT promo-7"])(
    "explains both types to a new person: %s",
    async (text) => {
      const stage = await botStage();
      expect(await answerTo(stage, text)).toStrictEqual([welcome, kindPrompt]);
    },
  );

  it("begins again where nothing was chosen yet", async () => {
    const stage = await botStage();
    await reach(stage, "kind");
    expect(await answerTo(stage, "/start")).toStrictEqual([welcome, kindPrompt]);
  });

  it.each([
    { step: "gender", question: english("gender.prompt", { kind: "portrait" }) },
    { step: "name", question: english("name.prompt", { minimum: 2, maximum: 50 }) },
  ] as const)("offers in the step $step to go on or to start over", async ({ step, question }) => {
    const stage = await botStage();
    await reach(stage, step);
    expect(await answerTo(stage, "/start")).toStrictEqual([
      { text: english("resume", { waiting: step }), buttons: resumeButtons },
    ]);
    await stage.presses(english("button.resume"));
    expect(newest(stage).text).toBe(question);
    await stage.says("/start");
    await stage.presses(english("button.restart"));
    expect(newest(stage)).toStrictEqual(kindPrompt);
  });

  it("offers to go on with the photos of a draft, by its name", async () => {
    const stage = await botStage();
    await reach(stage, "photos");
    expect(await answerTo(stage, "/start")).toStrictEqual([
      { text: english("resume", { waiting: "photos", name: "Ada" }), buttons: resumeButtons },
    ]);
    await stage.presses(english("button.resume"));
    expect(newest(stage)).toStrictEqual(photosPrompt);
    expect((await stage.conversation()).step.name).toBe("photos");
  });

  it("asks for no photos when the draft has enough of them", async () => {
    const stage = await botStage();
    const avatarId = await stage.draft();
    await stage.says("/start");
    await stage.forges(`v1:photos:${avatarId}`);
    expect(await answerTo(stage, "/start")).toStrictEqual([
      { text: english("resume", { waiting: "enough-photos", name: "Ada" }), buttons: resumeButtons },
    ]);
  });

  it.each(["idle", "rename"] as const)("shows the menu to a person with avatars, from the step %s", async (step) => {
    const stage = await botStage();
    if (step === "idle") await stage.draft();
    await reach(stage, step);
    expect(await answerTo(stage, "/start")).toStrictEqual([menu(1)]);
    expect((await stage.conversation()).step).toStrictEqual({ name: "idle" });
  });

  it("shows a training under way, and the menu, from which another avatar can be begun", async () => {
    const stage = await botStage();
    const avatarId = await stage.draft();
    await stage.says("/start");
    await stage.forges(`v1:confirm:${avatarId}`);
    await stage.presses(english("button.train"));
    await stage.pass(1);
    const [card, ...rest] = await answerTo(stage, "/start");
    expect(card).toStrictEqual({
      text: english("progress", { name: "Ada", phase: "queued", remaining: undefined }),
      buttons: [[english("button.cancel-training")]],
    });
    expect(rest).toStrictEqual([menu(1)]);
    await stage.presses(english("button.create"));
    expect(newest(stage)).toStrictEqual(kindPrompt);
  });
});

describe("/cancel", () => {
  it.each(["kind", "gender", "name", "rename"] as const)("ends the wizard in the step %s", async (step) => {
    const stage = await botStage();
    await reach(stage, step);
    expect(await answerTo(stage, "/cancel")).toStrictEqual([
      { text: english("cancel.wizard"), buttons: [[english("button.create")]] },
    ]);
    expect((await stage.conversation()).step).toStrictEqual({ name: "idle" });
  });

  it("keeps the draft and says so", async () => {
    const stage = await botStage();
    await reach(stage, "photos");
    expect(await answerTo(stage, "/cancel")).toStrictEqual([
      {
        text: english("cancel.draft", { name: "Ada" }),
        buttons: [[english("button.resume")], [english("button.delete-draft")]],
      },
    ]);
    expect((await stage.conversation()).step).toStrictEqual({ name: "idle" });
    await stage.presses(english("button.resume"));
    expect(newest(stage)).toStrictEqual(photosPrompt);
    await stage.says("/cancel");
    await stage.presses(english("button.delete-draft"));
    expect(newest(stage).text).toBe(
      english("delete.ask", { name: "Ada", training: false, photos: false, models: false }),
    );
  });

  it("says that there is nothing to cancel", async () => {
    const stage = await botStage();
    await stage.draft();
    expect(await answerTo(stage, "/cancel")).toStrictEqual([{ text: english("cancel.nothing") }]);
  });

  it("that comes twice ends the wizard once", async () => {
    const stage = await botStage();
    await reach(stage, "photos");
    await stage.says("/cancel");
    const once = stage.bot();
    await stage.handleAtOnce(stage.newestUpdate());
    expect(stage.bot()).toStrictEqual(once);
  });
});

describe("/avatars", () => {
  it.each(["kind", "gender", "name", "photos", "rename"] as const)("leaves the step %s as it is", async (step) => {
    const stage = await botStage();
    await reach(stage, step);
    const before = await stage.conversation();
    const said = await answerTo(stage, "/avatars");
    expect(said).toHaveLength(1);
    expect((await stage.conversation()).step).toStrictEqual(before.step);
  });
});
