import { aModel, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import type { Remaining } from "../../texts/texts.ts";
import { newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";

/** Has the training end after so many seconds from now. */
async function succeedAfter(stage: BotStage, seconds: number): Promise<void> {
  await stage.pass(seconds - 10);
  stage.provider.report(stage.request().requestId, { type: "succeeded", model: aModel() });
  await stage.pass(21);
}

const running = (remaining: Remaining) => english("progress", { name: "Ada", phase: "running", remaining });

it("estimates from the trainings that succeeded here before, never below a minute, and says when it takes longer", async () => {
  const { stage, avatarId } = await inTraining();
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
  expect(newest(stage).text).toBe(running(3));
  await stage.pass(160);
  expect(newest(stage).text).toBe(running(1));
  await stage.pass(60);
  expect(newest(stage).text).toBe(running("overrun"));
});

it("keeps the history of each preset apart, and counts a training once", async () => {
  const { stage, avatarId, trainingId } = await inTraining();
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
