import { describe, expect, it } from "vitest";
import { botStage, newest, photoLimits, type BotStage } from "../__fixtures__/bot-stage.ts";
import { reach } from "../__fixtures__/reach.ts";
import { english } from "../__fixtures__/words.ts";

const trouble = { text: english("trouble") };
const tooMany = { error_code: 429, description: "Too Many Requests: retry after 30", retry_after: 30 } as const;

/** Every way forward, and what Ada is asked after it. */
const ways = [
  { from: "idle", go: (stage: BotStage) => stage.ada.says("/start"), question: english("kind.prompt") },
  {
    from: "kind",
    go: (stage: BotStage) => stage.ada.presses({ text: english("button.portrait") }),
    question: english("gender.prompt", { kind: "portrait" }),
  },
  {
    from: "gender",
    go: (stage: BotStage) => stage.ada.presses({ text: english("button.female") }),
    question: english("name.prompt", { minimum: 2, maximum: 50 }),
  },
  {
    from: "name",
    go: (stage: BotStage) => stage.ada.says("Ada"),
    question: english("photos.prompt", { name: "Ada", kind: "portrait", accepted: 0, ...photoLimits }),
  },
] as const;

const times = (stage: BotStage, text: string): number => stage.bot().filter((bubble) => bubble.text === text).length;

describe.each(ways)("on the way from the step $from", ({ from, go, question }) => {
  it("does nothing more when the same update comes again", async () => {
    const stage = await botStage();
    await reach(stage, from);
    go(stage);
    await stage.handle();
    const once = [await stage.conversation(), stage.bot()];
    await stage.handleAtOnce(stage.newestUpdate());
    expect([await stage.conversation(), stage.bot()]).toStrictEqual(once);
  });

  it("asks when the update comes again because the first try died before it could ask", async () => {
    const stage = await botStage();
    await reach(stage, from);
    go(stage);
    stage.fake.control.fault({ method: ["sendMessage", "editMessageText"], untilCleared: true, answer: "drop" });
    await stage.handle();
    stage.fake.control.clearFaults();
    await stage.handleAtOnce(stage.newestUpdate());
    expect(times(stage, question)).toBe(1);
    await stage.pass(60);
    expect(times(stage, question)).toBe(1);
    expect(await stage.overviews()).toHaveLength(from === "name" ? 1 : 0);
  });

  it("asks later when Telegram takes no message for a while", async () => {
    const stage = await botStage();
    await reach(stage, from);
    go(stage);
    stage.fake.control.fault({ method: ["sendMessage", "editMessageText"], untilCleared: true, answer: tooMany });
    await stage.handle();
    await stage.pass(29);
    const calls = stage.fake.control.calls.length;
    await stage.pass(2);
    expect(stage.fake.control.calls.length).toBeGreaterThan(calls);
    stage.fake.control.clearFaults();
    expect(times(stage, question)).toBe(0);
    await stage.pass(31);
    expect(times(stage, question)).toBe(1);
    expect(stage.bot().map(({ text }) => text)).not.toContain(trouble.text);
  });
});

it("sends the next question as a new message when the old one must not be edited now", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  stage.fake.control.fault({ method: "editMessageText", answer: tooMany });
  expect(await stage.presses(english("button.portrait"))).toBeUndefined();
  expect(stage.bot().map(({ text }) => text)).toStrictEqual([
    english("welcome"),
    english("kind.prompt"),
    english("gender.prompt", { kind: "portrait" }),
  ]);
});

it("tells about trouble once, logs it, and goes on afterwards", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  stage.storage.setDown(true);
  expect(await stage.presses(english("button.portrait"))).toBeUndefined();
  stage.storage.setDown(false);
  expect(newest(stage)).toStrictEqual(trouble);
  expect(times(stage, trouble.text)).toBe(1);
  expect(stage.log.entries.filter(({ level }) => level === "error")).toMatchObject([
    { fields: { actor: "telegram:42", error: "storage-failure" } },
  ]);
  await stage.presses(english("button.portrait"));
  expect(stage.bot().map(({ text }) => text)).toStrictEqual([
    english("welcome"),
    english("gender.prompt", { kind: "portrait" }),
    english("trouble"),
  ]);
});

it("tells about trouble with a command, which is ours for certain, and passes on what may be the host's", async () => {
  const stage = await botStage({ compose: (bot, avatars) => bot.use(avatars) });
  await reach(stage, "photos");
  const { messageId } = stage.ada.says("Hello");
  stage.storage.setDown(true);
  await stage.handle();
  await stage.says("/start");
  stage.storage.setDown(false);
  expect(stage.bot(messageId)).toStrictEqual([trouble]);
});

it("tells about a defect once, and the host never sees it", async () => {
  const stage = await botStage({
    ids: {
      next: () => {
        throw new Error("no more ids");
      },
    },
  });
  await reach(stage, "kind");
  expect(await stage.presses(english("button.portrait"))).toBeUndefined();
  expect(newest(stage)).toStrictEqual(trouble);
  expect(stage.log.entries.filter(({ level }) => level === "error")).toMatchObject([
    { fields: { error: "thrown", detail: "no more ids" } },
  ]);
});

it("answers every press exactly once", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  await stage.presses(english("button.portrait"));
  await stage.forges("v1:kind:dragon");
  await stage.forges("v0:kind:portrait");
  const answered = stage.fake.control.calls.filter(({ method }) => method === "answerCallbackQuery");
  const pressed = stage.fake.control.updates.flatMap(({ callback_query }) => callback_query?.id ?? []);
  expect(answered.map(({ payload }) => payload.callback_query_id)).toStrictEqual(pressed);
});

it("says nothing to somebody who blocked the bot, and sends what they missed when they are back", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  stage.ada.blocks();
  await stage.handle();
  expect(stage.log.entries.filter(({ level }) => level === "error")).toStrictEqual([]);
  stage.ada.unblocks();
  await stage.handle();
  await stage.presses(english("button.portrait"));
  expect(newest(stage).text).toBe(english("gender.prompt", { kind: "portrait" }));
});

it("ends the busy state of a button after two seconds, however long the rest takes", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  stage.fake.control.fault({ method: "editMessageText", answer: { delayMs: 10_000 } });
  const press = stage.ada.presses({ text: english("button.portrait") });
  const handled = stage.handle();
  await expect.poll(() => stage.fake.control.calls.at(-1)?.method).toBe("editMessageText");
  await stage.clock.advance(2);
  expect(await press.answer).toStrictEqual({});
  await stage.clock.advance(8);
  await handled;
});
