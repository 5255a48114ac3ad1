import { expect, it } from "vitest";
import { aModel, valueOf } from "@likeness/testing";
import type { Remaining } from "../../texts/texts.ts";
import { botStage, english, newest, type BotStage, type StageOptions } from "../__fixtures__/bot-stage.ts";

const tooMany = { error_code: 429, description: "Too Many Requests: retry after 60", retry_after: 60 } as const;

/** Ada looks at the progress card of a training that the provider has. */
async function training(
  options: StageOptions = {},
): Promise<{ stage: BotStage; avatarId: string; trainingId: string }> {
  const stage = await botStage(options);
  const avatarId = await stage.draft();
  await stage.says("/start");
  const trainingId = await train(stage, avatarId);
  return { stage, avatarId, trainingId };
}

async function train(stage: BotStage, avatarId: string): Promise<string> {
  await stage.forges(`v1:confirm:${avatarId}`);
  await stage.presses(english("button.train"));
  await stage.pass(1);
  const [newestTraining] = await valueOf(stage.storage.store.trainings.listByAvatar(avatarId));
  if (!newestTraining) throw new Error("nothing is trained");
  return newestTraining.id;
}

/** Has the training end after so many seconds from now. */
async function succeedAfter(stage: BotStage, seconds: number): Promise<void> {
  await stage.pass(seconds - 10);
  stage.provider.report(stage.request().requestId, { type: "succeeded", model: aModel() });
  await stage.pass(21);
}

const running = (percent: number | undefined, remaining: Remaining) =>
  english("progress", { name: "Ada", phase: "running", percent, remaining });
const ended = (outcome: "succeeded" | "failed" | "cancelled") => ({
  text: english("progress.ended", { name: "Ada", outcome }),
});
const edits = (stage: BotStage) => stage.fake.control.calls.filter(({ method }) => method === "editMessageText");

it("says in place how far the training is, and how it ended", async () => {
  const { stage } = await training();
  const bubbles = stage.bot().length;
  await stage.pass(10);
  expect(newest(stage).text).toBe(
    english("progress", { name: "Ada", phase: "queued", position: 0, remaining: undefined }),
  );
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  expect(newest(stage)).toStrictEqual({
    text: running(40, undefined),
    buttons: [[english("button.cancel-training")]],
  });
  stage.provider.report(stage.request().requestId, { type: "succeeded", model: aModel() });
  await stage.pass(20);
  expect(newest(stage)).toStrictEqual(ended("succeeded"));
  expect(stage.bot()).toHaveLength(bubbles);
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toStrictEqual([]);
});

it("edits no more often than it may, and not when nothing has changed", async () => {
  const { stage } = await training({ progressSeconds: 30 });
  const before = edits(stage).length;
  const { requestId } = stage.request();
  for (let percent = 1; percent <= 20; percent++) {
    stage.provider.report(requestId, { type: "running", percent });
    await stage.pass(10);
  }
  const moments = edits(stage)
    .slice(before)
    .map(({ at }) => Date.parse(at));
  const pauses = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
  expect(pauses).toStrictEqual(Array(pauses.length).fill(30_000));
  expect(pauses.length).toBeGreaterThan(3);

  await stage.pass(60);
  const settled = edits(stage).length;
  await stage.pass(120);
  expect(edits(stage)).toHaveLength(settled);
});

it("estimates from the trainings that succeeded here before, never below a minute, and says when it takes longer", async () => {
  const { stage, avatarId } = await training();
  await succeedAfter(stage, 290);
  const [first] = await valueOf(stage.storage.store.trainings.listByAvatar(avatarId));
  if (first?.state.status !== "succeeded") throw new Error("it should have succeeded");
  await stage.forges(`v1:confirm:${avatarId}`);
  expect(newest(stage).text).toBe(
    english("confirm.prompt", {
      name: "Ada",
      kind: "portrait",
      gender: "female",
      photos: 3,
      preset: "balanced",
      minutes: 5,
    }),
  );
  await stage.presses(english("button.train"));
  expect(newest(stage).text).toBe(english("progress", { name: "Ada", phase: "preparing", remaining: 5 }));
  await stage.pass(1);
  stage.provider.report(stage.request().requestId, { type: "running" });
  await stage.pass(119);
  expect(newest(stage).text).toBe(running(undefined, 3));
  await stage.pass(160);
  expect(newest(stage).text).toBe(running(undefined, 1));
  await stage.pass(60);
  expect(newest(stage).text).toBe(running(undefined, "overrun"));
});

it("keeps the history of each preset apart, and counts a training once", async () => {
  const { stage, avatarId, trainingId } = await training();
  await succeedAfter(stage, 120);
  const history = () =>
    valueOf(stage.storage.store.sessions.find("telegram:history:example/portrait-trainer:balanced"));
  const noted = (await history())?.value;
  expect(noted).toMatchObject({ durations: [{ trainingId }] });
  await stage.forges(`v1:confirm:${avatarId}`);
  await stage.presses(english("button.preset", { preset: "fast", chosen: false }));
  expect(newest(stage).text).toBe(
    english("confirm.prompt", { name: "Ada", kind: "portrait", gender: "female", photos: 3, preset: "fast" }),
  );
  expect((await history())?.value).toStrictEqual(noted);
});

it("waits as long as Telegram asks, then shows what is so", async () => {
  const { stage } = await training();
  stage.fake.control.fault({ method: "editMessageText", untilCleared: true, answer: tooMany });
  const { requestId } = stage.request();
  stage.provider.report(requestId, { type: "running", percent: 40 });
  await stage.pass(30);
  const refused = edits(stage).length;
  stage.provider.report(requestId, { type: "succeeded", model: aModel() });
  await stage.pass(25);
  expect(edits(stage)).toHaveLength(refused);
  stage.fake.control.clearFaults();
  await stage.pass(60);
  expect(newest(stage)).toStrictEqual(ended("succeeded"));
});

it("sends a new card without sound when the old one is gone", async () => {
  const { stage } = await training();
  stage.fake.control.fault({
    method: "editMessageText",
    answer: { error_code: 400, description: "Bad Request: message to edit not found" },
  });
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  expect(newest(stage).text).toBe(running(40, undefined));
  const sent = stage.fake.control.calls.filter(({ method }) => method === "sendMessage");
  expect(sent.at(-1)?.payload).toMatchObject({ disable_notification: true });
});

it("comes back with /start, and with the button, as one card that is kept up to date", async () => {
  const { stage, avatarId } = await training();
  for (const go of [() => stage.says("/start"), () => stage.forges(`v1:progress:${avatarId}`)]) {
    await go();
    expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toHaveLength(1);
  }
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  expect(newest(stage).text).toBe(running(40, undefined));
  const before = edits(stage).length;
  stage.provider.report(stage.request().requestId, { type: "running", percent: 50 });
  await stage.pass(30);
  expect(edits(stage).length - before).toBe(1);
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toHaveLength(1);
});

it("shows the card later when it could not be shown at once", async () => {
  const stage = await botStage();
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  stage.fake.control.fault({ method: ["sendMessage", "editMessageText"], untilCleared: true, answer: tooMany });
  expect(await stage.presses(english("button.train"))).toBeUndefined();
  stage.fake.control.clearFaults();
  const bubbles = stage.bot().length;
  await stage.pass(61);
  expect(newest(stage).text).toBe(
    english("progress", { name: "Ada", phase: "queued", position: 0, remaining: undefined }),
  );
  expect(stage.bot()).toHaveLength(bubbles);
});

it("goes away with its avatar", async () => {
  const { stage, avatarId } = await training();
  await valueOf(stage.likeness.eraseAvatar({ actor: "telegram:42", avatarId }));
  await stage.pass(20);
  expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toStrictEqual([]);
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toStrictEqual([]);
});

it("is not followed for somebody who blocked the bot, and comes back when they do", async () => {
  const { stage } = await training();
  stage.ada.blocks();
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  const calls = stage.fake.control.calls.length;
  await stage.pass(60);
  expect(stage.fake.control.calls).toHaveLength(calls);
  stage.ada.unblocks();
  await stage.says("/start");
  expect(stage.bot().map(({ text }) => text)).toContain(running(40, undefined));
});
