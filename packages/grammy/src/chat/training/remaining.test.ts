import { isTraining } from "@likeness/core";
import { aModel, aProviderRequest, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import type { Remaining } from "../../texts/texts.ts";
import { newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";
import { noteDuration } from "./history.ts";

/** Ends the training after it ran this many seconds at the provider. */
async function succeedAfter(stage: BotStage, trainedSeconds: number): Promise<void> {
  stage.provider.report(stage.request().requestId, {
    type: "succeeded",
    outcome: aModel(),
    ranSeconds: trainedSeconds,
  });
  await stage.pass(21);
}

const running = (remaining: Remaining, previous?: true) =>
  english("progress", { name: "Ada", phase: "running", remaining, previous });

it("estimates from the trainings that succeeded here before, never below a minute, and calls none too long that it cannot compare", async () => {
  const { stage, avatarId } = await inTraining();
  await succeedAfter(stage, 290);
  const [first] = await valueOf(stage.storage.store.orders.listByAvatar(avatarId));
  if (first?.state.status !== "succeeded") throw new Error("it should have succeeded");
  await stage.forges(`v1:open:${avatarId}`);
  await stage.presses(english("button.train-again"));
  expect(newest(stage).text).toBe(
    english("confirm.prompt", {
      name: "Ada",
      kind: "portrait",
      gender: "female",
      photos: 3,
      preset: "balanced",
      minutes: 5,
      hasModel: true,
    }),
  );
  await stage.presses(english("button.train"));
  expect(newest(stage).text).toBe(
    english("progress", { name: "Ada", phase: "preparing", remaining: 5, previous: true }),
  );
  await stage.pass(1);
  stage.provider.report(stage.request().requestId, { type: "running" });
  await stage.pass(119);
  expect(newest(stage).text).toBe(running(3, true));
  await stage.pass(160);
  expect(newest(stage).text).toBe(running(1, true));
  await stage.pass(600);
  expect(newest(stage).text).toBe(running(undefined, true));
});

/** Stores that an earlier training of this kind ran this many seconds. */
async function hasRun(stage: BotStage, avatarId: string, trainedSeconds: number): Promise<void> {
  const [training] = await valueOf(stage.storage.store.orders.listByAvatar(avatarId));
  if (!isTraining(training)) throw new Error("there is a training");
  const submittedAt = stage.clock.now();
  const state = {
    status: "succeeded",
    request: aProviderRequest(),
    submittedAt,
    finishedAt: submittedAt,
    outcome: aModel(),
    ranSeconds: trainedSeconds,
  } as const;
  await valueOf(noteDuration(stage.storage.store.sessions, { ...training, id: `training ${trainedSeconds}`, state }));
}

it("says that one takes longer than usual only well after those before it ended, whatever odd one was among them", async () => {
  const { stage, avatarId } = await inTraining();
  for (const seconds of [290, 0.5, 310, 300]) await hasRun(stage, avatarId, seconds);
  stage.provider.report(stage.request().requestId, { type: "running" });
  await stage.pass(280);
  expect(newest(stage).text).toBe(running(1));
  await stage.pass(60);
  expect(newest(stage).text).toBe(running(undefined));
  await stage.pass(130);
  expect(newest(stage).text).toBe(running("overrun"));
});

it("does not count the time in the queue, however long, as time that the training takes", async () => {
  const { stage, avatarId } = await inTraining();
  for (const seconds of [290, 310, 300]) await hasRun(stage, avatarId, seconds);
  await stage.pass(900);
  const queued = english("progress", { name: "Ada", phase: "queued", position: 0, remaining: 5 });
  expect(newest(stage).text).toBe(queued);
  stage.provider.report(stage.request().requestId, { type: "running" });
  await stage.pass(21);
  expect(newest(stage).text).toBe(running(5));
});

it("calls nothing too long after one odd training", async () => {
  const { stage, avatarId } = await inTraining();
  await hasRun(stage, avatarId, 0.5);
  stage.provider.report(stage.request().requestId, { type: "running" });
  await stage.pass(40);
  expect(newest(stage).text).toBe(running(undefined));
});

it("keeps the history of each preset apart, and counts a training once", async () => {
  const { stage, avatarId, trainingId } = await inTraining();
  await succeedAfter(stage, 120);
  const history = () =>
    valueOf(stage.storage.store.sessions.find("telegram:history:example/portrait-trainer:balanced"));
  const noted = (await history())?.value;
  expect(noted).toMatchObject({ durations: [{ trainingId }] });
  await stage.forges(`v1:open:${avatarId}`);
  await stage.presses(english("button.train-again"));
  await stage.presses(english("button.preset", { preset: "fast", chosen: false }));
  expect(newest(stage).text).toBe(
    english("confirm.prompt", {
      name: "Ada",
      kind: "portrait",
      gender: "female",
      photos: 3,
      preset: "fast",
      hasModel: true,
    }),
  );
  expect((await history())?.value).toStrictEqual(noted);
});
