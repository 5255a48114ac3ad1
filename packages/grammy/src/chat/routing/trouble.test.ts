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

it("says nothing to a person who blocked the bot, and sends what they missed when they are back", async () => {
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

const down = { error_code: 502, description: "Bad Gateway" } as const;
const outage = (stage: BotStage) =>
  stage.fake.control.fault({
    method: ["sendMessage", "sendPhoto", "editMessageText", "editMessageCaption"],
    untilCleared: true,
    answer: down,
  });

/** What the bot says, and only later, when Telegram takes no message at the time of the act. */
async function saidLater(stage: BotStage, act: () => Promise<unknown>) {
  const before = stage.bot();
  outage(stage);
  await act();
  expect(stage.bot()).toStrictEqual(before);
  stage.fake.control.clearFaults();
  await stage.pass(60);
  return stage.bot().slice(before.length);
}

describe("after an outage the bot says what it would have said then", () => {
  it("greets a new person before it asks", async () => {
    const stage = await botStage();
    const said = await saidLater(stage, () => stage.says("/start"));
    expect(said.map(({ text }) => text)).toStrictEqual([english("welcome"), english("kind.prompt")]);
  });

  it("tells what is wrong with a name", async () => {
    const stage = await botStage();
    await reach(stage, "name");
    const said = await saidLater(stage, () => stage.says("A"));
    expect(said).toStrictEqual([
      { text: english("name.invalid", { problem: "too-short", length: 1, minimum: 2, maximum: 50 }) },
    ]);
  });

  it("tells that the draft is kept", async () => {
    const stage = await botStage();
    await reach(stage, "photos");
    const said = await saidLater(stage, () => stage.says("/cancel"));
    expect(said).toStrictEqual([
      {
        text: english("cancel.draft", { name: "Ada" }),
        buttons: [[english("button.resume")], [english("button.delete-draft")]],
      },
    ]);
  });

  it("shows the confirmation card, once for two presses", async () => {
    const stage = await botStage();
    const avatarId = await stage.draft();
    await stage.says("/start");
    await stage.forges(`v1:photos:${avatarId}`);
    const said = await saidLater(stage, async () => {
      await stage.presses(english("button.continue"));
      await stage.presses(english("button.continue"));
    });
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toContain("Ready to train?");
  });

  it("shows the card of an avatar as a text", async () => {
    const stage = await botStage();
    const avatarId = await stage.draft();
    await stage.says("/start");
    const said = await saidLater(stage, () => stage.forges(`v1:open:${avatarId}`));
    expect(said.map(({ text }) => text?.split("\n")[0])).toStrictEqual(["Ada"]);
  });

  it("says nothing of an earlier step to a person who has moved on", async () => {
    const stage = await botStage();
    await reach(stage, "name");
    outage(stage);
    await stage.says("A");
    stage.fake.control.clearFaults();
    await stage.says("Ada");
    const before = stage.bot();
    await stage.pass(60);
    expect(stage.bot()).toStrictEqual(before);
  });

  it("gives up after some minutes, and asks the person who writes after that", async () => {
    const stage = await botStage();
    await reach(stage, "kind");
    outage(stage);
    await stage.presses(english("button.portrait"));
    await stage.pass(40 * 60);
    const tries = stage.fake.control.calls.filter(({ method }) => method === "editMessageText").length;
    expect(tries).toBeLessThan(12);
    stage.fake.control.clearFaults();
    await stage.pass(3600);
    expect(times(stage, english("gender.prompt", { kind: "portrait" }))).toBe(0);
    await stage.says("Hello?");
    expect(newest(stage).text).toBe(english("gender.prompt", { kind: "portrait" }));
  });
});

it("asks below what was said since, and takes the buttons off the older question", async () => {
  const stage = await botStage();
  await reach(stage, "kind");
  await stage.says("What is this?");
  await stage.presses(english("button.portrait"));
  expect(stage.bot().map(({ text, buttons }) => [text, buttons !== undefined])).toStrictEqual([
    [english("welcome"), false],
    [english("kind.prompt"), false],
    [english("hint", { waiting: "kind", received: "text" }), false],
    [english("gender.prompt", { kind: "portrait" }), true],
  ]);
});
