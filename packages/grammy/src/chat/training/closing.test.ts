import { aModel, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import { botStage, type BotStage } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";

const actor = "telegram:42";
const ended = (outcome: "succeeded" | "failed" | "cancelled") => english("progress.ended", { name: "Ada", outcome });
const texts = (stage: BotStage) => stage.bot().map(({ text }) => text);
const labels = (stage: BotStage) => stage.bot().flatMap(({ buttons = [] }) => buttons.flat());

const report = (stage: BotStage, event: Parameters<BotStage["provider"]["report"]>[1]) =>
  stage.provider.report(stage.request().requestId, event);

/** What may become of a training while its owner cannot be reached, and what the progress message says afterwards. */
const ends: readonly (readonly [string, (stage: BotStage, avatarId: string) => unknown, string | undefined])[] = [
  ["has succeeded", (stage) => report(stage, { type: "succeeded", outcome: aModel() }), ended("succeeded")],
  ["has failed", (stage) => report(stage, { type: "failed", detail: "boom" }), ended("failed")],
  [
    "was cancelled",
    ({ likeness }, avatarId) => valueOf(likeness.trainings.cancel({ actor, avatarId })),
    ended("cancelled"),
  ],
  ["was erased", ({ likeness }, avatarId) => valueOf(likeness.avatars.erase({ actor, avatarId })), undefined],
];

it.each(ends)("closes the progress of a training that %s while its owner had blocked the bot", async (_, end, says) => {
  const { stage, avatarId } = await inTraining({ notifies: true });
  await stage.says("/cancel");
  stage.ada.blocks();
  await stage.handle();
  report(stage, { type: "running", percent: 40 });
  await stage.pass(20);
  await end(stage, avatarId);
  await stage.pass(60);
  stage.ada.unblocks();
  await stage.handle();
  await stage.pass(2);
  expect(texts(stage).filter((text) => /In the queue|Training: /.test(text))).toStrictEqual([]);
  expect(texts(stage).filter((text) => text.includes("\nTraining "))).toStrictEqual(says === undefined ? [] : [says]);
  expect(labels(stage)).not.toContain(english("button.cancel-training"));
  expect(stage.storage.jobs().filter(({ kind }) => kind === "telegram.progress")).toStrictEqual([]);
  expect((await stage.conversation()).following).toStrictEqual([]);
});

it("goes on showing the progress of a training to an owner who is back before it has ended", async () => {
  const { stage } = await inTraining({ notifies: true });
  stage.ada.blocks();
  report(stage, { type: "running", percent: 40 });
  await stage.pass(20);
  stage.ada.unblocks();
  await stage.handle();
  report(stage, { type: "running", percent: 60 });
  await stage.pass(15);
  expect(texts(stage)).toContain(
    english("progress", { name: "Ada", phase: "running", percent: 60, remaining: undefined }),
  );
});

it.each([
  {
    event: { type: "succeeded", outcome: aModel() },
    news: english("ready", { name: "Ada", model: "stored" }),
    says: ended("succeeded"),
  },
  {
    event: { type: "failed", detail: "boom" },
    news: english("failed", { name: "Ada", reason: "provider_error" }),
    says: ended("failed"),
  },
] as const)("shows no old percentage beside the news: $says", async ({ event, news, says }) => {
  const { stage } = await inTraining({ notifies: true, progressSeconds: 300 });
  report(stage, { type: "running", percent: 40 });
  await stage.pass(4);
  await stage.says("/cancel");
  report(stage, event);
  for (let second = 0; second < 60 && !texts(stage).includes(news); second++) await stage.pass(1);
  expect(texts(stage)).toContain(news);
  expect(texts(stage)).toContain(says);
  expect(texts(stage).filter((text) => /In the queue|Training: /.test(text))).toStrictEqual([]);
  expect(labels(stage)).not.toContain(english("button.cancel-training"));
});

it.each([
  ["the news", 300],
  ["the job that follows the training", 1],
])("says how it ended in one edit, which %s makes first", async (_, progressSeconds) => {
  const { stage } = await inTraining({ notifies: true, progressSeconds });
  report(stage, { type: "running", percent: 40 });
  await stage.pass(4);
  const before = stage.fake.control.calls.length;
  report(stage, { type: "succeeded", outcome: aModel() });
  await stage.pass(progressSeconds * 2 + 20);
  const edits = stage.fake.control.calls.slice(before).filter(({ method }) => method === "editMessageText");
  expect(edits.map(({ answer }) => answer)).toStrictEqual([expect.objectContaining({ ok: true })]);
  expect(texts(stage)).toContain(ended("succeeded"));
});

it("closes the progress for good though an edit of the percentage was under way when the news were sent", async () => {
  const { stage } = await inTraining({ notifies: true });
  report(stage, { type: "running", percent: 40 });
  stage.fake.control.fault({ method: "editMessageText", answer: { delayMs: 3_000 } });
  const edits = () => stage.fake.control.calls.filter(({ method }) => method === "editMessageText").length;
  const before = edits();
  await stage.clock.advance(10);
  await expect.poll(edits).toBeGreaterThan(before);
  report(stage, { type: "failed", detail: "boom" });
  await stage.clock.advance(3);
  await stage.pass(30);
  expect(texts(stage)).toContain(ended("failed"));
  expect(texts(stage).filter((text) => /In the queue|Training: /.test(text))).toStrictEqual([]);
});

it("takes the progress away in the moment its avatar is deleted", async () => {
  const { stage, avatarId } = await inTraining({ progressSeconds: 300 });
  await stage.says("/cancel");
  await stage.forges(`v1:open:${avatarId}`);
  await stage.presses(english("button.delete"));
  await stage.presses(english("button.delete-confirm"));
  await stage.pass(1);
  expect(texts(stage).filter((text) => text.includes("In the queue"))).toStrictEqual([]);
  expect(labels(stage)).not.toContain(english("button.cancel-training"));
});

it("leaves no question whether to cancel a training that was cancelled by another one", async () => {
  const { stage } = await inTraining();
  await stage.says("/cancel");
  await stage.says("/cancel");
  await stage.presses(english("button.cancel-training"));
  await stage.pass(2);
  expect(texts(stage)).toContain(ended("cancelled"));
  expect(labels(stage)).toStrictEqual(expect.arrayContaining([english("button.train-again")]));
  expect(labels(stage)).not.toContain(english("button.cancel-training"));
});

it.each([
  ["is found at the provider", "accept-silently", english("confirmed", { name: "Ada" })],
  ["is never found", { type: "submit-unconfirmed", detail: "the answer was lost" }, ended("failed")],
] as const)("takes back that an order was not confirmed when it %s", async (_, answer, says) => {
  const stage = await botStage({ notifies: true });
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  stage.provider.answerNextSubmit(answer);
  for (let look = 0; look < 3; look++)
    stage.provider.failNext("find", { type: "provider-unavailable", detail: "the list does not answer" });
  await stage.presses(english("button.train"));
  const notice = english("unconfirmed", { name: "Ada" });
  for (let second = 0; second < 60 && !texts(stage).includes(notice); second++) await stage.pass(1);
  expect(texts(stage)).toContain(notice);
  for (let second = 0; second < 4_000 && texts(stage).includes(notice); second += 20) await stage.pass(20);
  expect(texts(stage)).not.toContain(notice);
  expect(texts(stage)).toContain(says);
  expect(labels(stage)).not.toContain(english("button.progress"));
});
