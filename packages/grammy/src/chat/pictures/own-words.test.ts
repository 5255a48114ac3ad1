import { describe, expect, it } from "vitest";
import { newest, type BotStage, type StageOptions } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";
import { drawable } from "./__fixtures__/drawable.ts";
import { lastOf } from "./__fixtures__/seen-pictures.ts";

/** Ada was asked for her words. */
async function asked(options: StageOptions = {}) {
  const drawn = await drawable(options);
  await drawn.stage.says("/images");
  await drawn.stage.presses(english("button.own-words"));
  return drawn;
}

const card = (own: string) =>
  english("order.prompt", { name: "Ada", shown: { words: own }, ratio: "4:5", count: 1, previous: false });

const isWaiting = async (stage: BotStage) => (await stage.conversation()).step.name === "words";

describe("own words", () => {
  it("are asked for, shown on a card, and drawn with the trigger that we add", async () => {
    const { stage, accepted } = await asked();
    expect(newest(stage).text).toBe(english("words.prompt", { name: "Ada", maximum: 1_000 }));
    await stage.says("on a red bicycle *in* _Paris_");
    expect(newest(stage).text).toBe(card("on a red bicycle *in* _Paris_"));
    expect(await isWaiting(stage)).toBe(false);
    await stage.presses("1:1");
    await stage.presses(english("button.draw"));
    const [order] = await accepted();
    expect(order?.snapshot.plan).toMatchObject({ words: "on a red bicycle *in* _Paris_", ratio: "1:1" });
    expect(order?.snapshot.prompt).toMatch(/^TOK_[0-9a-f]{8} woman, on a red bicycle \*in\* _Paris_$/);
  });

  it.each([
    ["nothing that can be seen", "\u200B", { reason: "empty" }],
    ["only emoji", "🚲🌧 1️⃣ !!!", { reason: "no-letters" }],
    ["only another person's trigger", "TOK_0a1b2c3d", { reason: "empty" }],
    ["1,001 characters", "ж".repeat(1_001), { reason: "too-long", length: 1_001, limit: 1_000 }],
  ] as const)("that are %s are refused with the reason, and others are waited for", async (_what, text, problem) => {
    const { stage } = await asked();
    await stage.says(text);
    expect(newest(stage).text).toBe(english("words.invalid", problem));
    expect(await isWaiting(stage)).toBe(true);
    await stage.says("on a bicycle");
    expect(newest(stage).text).toBe(card("on a bicycle"));
  });

  it("that an app sends as several messages get one answer, and none of these is drawn", async () => {
    const { stage } = await asked();
    const bubbles = stage.bot().length;
    await stage.says("ж".repeat(2 * 4_096 + 300));
    const problem = { reason: "too-long", length: 4_096, limit: 1_000 } as const;
    expect(stage.bot()).toHaveLength(bubbles + 1);
    expect(newest(stage).text).toBe(english("words.invalid", problem));
    expect(await isWaiting(stage)).toBe(true);
    const rest = stage.newestUpdate();
    stage.fake.control.deliverAgain(rest.update_id);
    await stage.handle();
    expect(stage.bot()).toHaveLength(bubbles + 1);
    await stage.pass(10);
    await stage.says("on a bicycle");
    expect(newest(stage).text).toBe(card("on a bicycle"));
  });

  it.each([
    ["1,000 characters", "ж".repeat(1_000), "ж".repeat(1_000)],
    ["four lines", "a\nb\r\nc\n\nd", "a b c d"],
    ["a foreign trigger in the middle", "with TOK_0a1b2c3d by the sea", "with by the sea"],
  ])("may be %s", async (_what, text, shown) => {
    const { stage } = await asked();
    await stage.says(text);
    expect(newest(stage).text).toBe(card(shown));
  });

  it("say in Russian how long they are", async () => {
    const { stage } = await drawable({ languageCode: "ru" });
    await stage.says("/images");
    await stage.presses("Своими словами");
    await stage.says("ж".repeat(1_234));
    const length = new Intl.NumberFormat("ru").format(1_234);
    expect(newest(stage).text).toContain(`символов: ${length}, а можно не больше`);
  });

  it("that come twice are one card's words", async () => {
    const { stage } = await asked();
    stage.ada.says("on a bicycle");
    const update = stage.newestUpdate();
    await stage.handle();
    const bubbles = stage.bot().length;
    stage.fake.control.deliverAgain(update.update_id);
    await stage.handle();
    expect(stage.bot()).toHaveLength(bubbles);
    expect((await stage.conversation()).words).toHaveLength(1);
  });

  it("are not waited for any more after /cancel, and get a hint when something else comes", async () => {
    const { stage } = await asked();
    stage.ada.sendsVoice();
    await stage.handle();
    expect(newest(stage).text).toBe(english("hint", { waiting: "words", received: "voice" }));
    await stage.says("/cancel");
    expect(newest(stage).text).toBe(english("cancel.words"));
    await stage.says("on a bicycle");
    expect(newest(stage).text).toBe(english("hint", { waiting: "pictures", received: "text" }));
  });

  it("of the last cards are kept; an older card says that it is old", async () => {
    const { stage, avatarId } = await asked();
    await stage.says("one");
    const { id, buttons } = lastOf(stage);
    const data = buttons.flat().find(({ text }) => text === english("button.draw"))?.data ?? "";
    for (const text of ["two", "three", "four"]) {
      await stage.forges(`v1:words:${avatarId}`);
      await stage.says(text);
    }
    const { answer } = stage.ada.forges(data, id);
    await stage.handle();
    expect((await answer).text).toBe(english("toast.old-button"));
    await stage.presses(english("button.draw"));
    expect(newest(stage).text).toContain("Drawing a picture");
  });

  it("go with the avatar that they were written for", async () => {
    const { stage, avatarId } = await asked();
    await stage.says("on a bicycle");
    expect((await stage.conversation()).words).toMatchObject([{ avatarId, text: "on a bicycle" }]);
    await stage.forges(`v1:delete-ask:${avatarId}`);
    await stage.presses(english("button.delete-confirm"));
    expect((await stage.conversation()).words).toStrictEqual([]);
  });
});
