import { expect, it } from "vitest";
import { aModel, valueOf } from "@likeness/testing";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";

const tooMany = { error_code: 429, description: "Too Many Requests: retry after 60", retry_after: 60 } as const;

const running = (percent: number) =>
  english("progress", { name: "Ada", phase: "running", percent, remaining: undefined });
const ended = (outcome: "succeeded" | "failed" | "cancelled") => ({
  text: english("progress.ended", { name: "Ada", outcome }),
});
const edits = (stage: BotStage) => stage.fake.control.calls.filter(({ method }) => method === "editMessageText");

it("says in place how far the training is, and how it ended", async () => {
  const { stage } = await inTraining();
  const bubbles = stage.bot().length;
  await stage.pass(12);
  expect(newest(stage).text).toBe(
    english("progress", { name: "Ada", phase: "queued", position: 0, remaining: undefined }),
  );
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  expect(newest(stage)).toStrictEqual({
    text: running(40),
    buttons: [[english("button.cancel-training")]],
  });
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(20);
  expect(newest(stage)).toStrictEqual(ended("succeeded"));
  expect(stage.bot()).toHaveLength(bubbles);
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toStrictEqual([]);
});

it("edits no more often than it may, and not when nothing has changed", async () => {
  const { stage } = await inTraining({ progressSeconds: 30 });
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
  const sent = edits(stage).length;
  await stage.pass(120);
  expect(edits(stage)).toHaveLength(sent);
});

it("waits as long as Telegram asks, then shows what is so", async () => {
  const { stage } = await inTraining();
  stage.fake.control.fault({ method: "editMessageText", untilCleared: true, answer: tooMany });
  const { requestId } = stage.request();
  stage.provider.report(requestId, { type: "running", percent: 40 });
  await stage.pass(30);
  const refused = edits(stage).length;
  stage.provider.report(requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(25);
  expect(edits(stage)).toHaveLength(refused);
  stage.fake.control.clearFaults();
  await stage.pass(60);
  expect(newest(stage)).toStrictEqual(ended("succeeded"));
});

it.each([
  "Bad Request: message to edit not found",
  "Bad Request: message can't be edited",
  "Bad Request: MESSAGE_ID_INVALID",
])("sends a new card without sound when the old one is gone: %s", async (description) => {
  const { stage } = await inTraining();
  stage.fake.control.fault({ method: "editMessageText", answer: { error_code: 400, description } });
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  expect(newest(stage).text).toBe(running(40));
  const sent = stage.fake.control.calls.filter(({ method }) => method === "sendMessage");
  expect(sent.at(-1)?.payload).toMatchObject({ disable_notification: true });
});

it("comes back with /start, and with the button, as one card that is kept up to date", async () => {
  const { stage, avatarId } = await inTraining();
  for (const go of [() => stage.says("/start"), () => stage.forges(`v1:progress:${avatarId}`)]) {
    await go();
    expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toHaveLength(1);
  }
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  expect(newest(stage).text).toBe(running(40));
  const before = edits(stage).length;
  stage.provider.report(stage.request().requestId, { type: "running", percent: 50 });
  await stage.pass(30);
  expect(edits(stage).length - before).toBe(1);
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toHaveLength(1);
});

it("stays one card when two processes show it at the same time", async () => {
  const { stage } = await inTraining({ bots: 2 });
  stage.ada.says("/start");
  await stage.handleAtOnce(stage.newestUpdate(), 2);
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(30);
  expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toStrictEqual([]);
  expect(stage.bot().filter(({ text }) => text === running(40))).toHaveLength(1);
});

it("stays one card when it is shown anew while the old one is being edited", async () => {
  const { stage } = await inTraining();
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  stage.fake.control.fault({ method: "editMessageText", answer: { delayMs: 3_000 } });
  const before = edits(stage).length;
  await stage.clock.advance(10);
  await expect.poll(() => edits(stage).length).toBeGreaterThan(before);
  await stage.says("/start");
  await stage.clock.advance(3);
  await stage.pass(30);
  expect(stage.bot().filter(({ text }) => text === running(40))).toHaveLength(1);
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
  const { stage, avatarId } = await inTraining();
  await valueOf(stage.likeness.avatars.erase({ actor: "telegram:42", avatarId }));
  await stage.pass(20);
  expect(stage.bot().filter(({ text }) => text.includes("In the queue"))).toStrictEqual([]);
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toStrictEqual([]);
});

it("is not followed for an owner who blocked the bot, and comes back when they do", async () => {
  const { stage } = await inTraining();
  stage.ada.blocks();
  stage.provider.report(stage.request().requestId, { type: "running", percent: 40 });
  await stage.pass(20);
  const calls = stage.fake.control.calls.length;
  await stage.pass(60);
  expect(stage.fake.control.calls).toHaveLength(calls);
  stage.ada.unblocks();
  await stage.says("/start");
  expect(stage.bot().map(({ text }) => text)).toContain(running(40));
});
