import { expect, it } from "vitest";
import { aModel } from "@likeness/testing";
import { botStage, newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";

const question = {
  text: english("cancel.ask", { name: "Ada" }),
  buttons: [[english("button.cancel-training")], [english("button.keep-training")]],
};
const done = {
  text: english("cancel.done", { name: "Ada", hasModel: false }),
  buttons: [[english("button.train-again")]],
};
const statuses = async (stage: BotStage) =>
  (await stage.overviews()).flatMap(({ avatar, trainings }) => [
    avatar.state.status,
    ...trainings.map(({ state }) => state.status),
  ]);

it.each([
  { way: "/cancel", ask: (stage: BotStage) => stage.says("/cancel") },
  { way: "the button", ask: (stage: BotStage) => stage.presses(english("button.cancel-training")) },
])("asks before a training is cancelled, then cancels it at the provider: $way", async ({ ask }) => {
  const { stage } = await inTraining();
  await ask(stage);
  expect(newest(stage)).toStrictEqual(question);
  expect(await stage.presses(english("button.cancel-training"))).toBeUndefined();
  expect(newest(stage)).toStrictEqual(done);
  expect(await statuses(stage)).toStrictEqual(["draft", "cancelled"]);
  expect(stage.provider.calls).toContain("cancel");
  await stage.pass(1);
  expect(stage.bot().map(({ text }) => text)).toContain(
    english("progress.ended", { name: "Ada", outcome: "cancelled" }),
  );
  expect(stage.notifier.attempts).toStrictEqual([]);
});

it("says the same to a second press", async () => {
  const { stage, avatarId } = await inTraining();
  await stage.says("/cancel");
  stage.ada.presses({ text: english("button.cancel-training") });
  stage.ada.presses({ text: english("button.cancel-training") });
  await stage.handle();
  expect(newest(stage)).toStrictEqual(done);
  await stage.forges(`v1:cancel-yes:${avatarId}`);
  expect(newest(stage)).toStrictEqual(done);
  expect(stage.provider.calls.filter((call) => call === "cancel")).toHaveLength(1);
});

it("leaves a training alone that is to be kept, and shows how far it is", async () => {
  const { stage } = await inTraining();
  await stage.says("/cancel");
  await stage.presses(english("button.keep-training"));
  expect(newest(stage)).toStrictEqual({
    text: english("progress", { name: "Ada", phase: "queued", remaining: undefined }),
    buttons: [[english("button.cancel-training")]],
  });
  expect(await statuses(stage)).toStrictEqual(["training", "submitted"]);
});

it("says that it is too late when the provider has finished", async () => {
  const { stage } = await inTraining();
  await stage.says("/cancel");
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.presses(english("button.cancel-training"));
  expect(newest(stage).text).toBe(english("cancel.too-late", { name: "Ada" }));
  await stage.pass(5);
  expect(await statuses(stage)).toStrictEqual(["ready", "succeeded"]);
});

it("says that it is unclear while the training is unconfirmed", async () => {
  const stage = await botStage();
  const avatarId = await stage.draft();
  await stage.says("/start");
  await stage.forges(`v1:confirm:${avatarId}`);
  stage.provider.answerNextSubmit({ type: "submit-unconfirmed", detail: "the answer was lost" });
  await stage.presses(english("button.train"));
  await stage.pass(15);
  const text = english("progress", { name: "Ada", phase: "unconfirmed", remaining: undefined });
  expect(newest(stage)).toStrictEqual({ text });
  const unclear = { text: english("cancel.unclear", { name: "Ada" }) };
  await stage.says("/cancel");
  expect(newest(stage)).toStrictEqual(unclear);
  // Buttons of cards that were sent before it was unclear.
  await stage.forges(`v1:cancel-ask:${avatarId}`);
  expect(newest(stage)).toStrictEqual(unclear);
  await stage.forges(`v1:cancel-yes:${avatarId}`);
  expect(newest(stage)).toStrictEqual({ ...unclear, buttons: [[english("button.avatars")]] });
  await stage.forges(`v1:open:${avatarId}`);
  expect(
    stage.ada
      .chat()
      .at(-1)
      ?.buttons.flat()
      .map(({ text: label }) => label),
  ).not.toContain(english("button.cancel-training"));
});

it("says that it is unclear when the provider does not answer", async () => {
  const { stage } = await inTraining();
  await stage.says("/cancel");
  stage.provider.failNext("cancel", { type: "provider-unavailable", detail: "502" });
  await stage.presses(english("button.cancel-training"));
  expect(newest(stage).text).toBe(english("cancel.unclear", { name: "Ada" }));
  expect(await statuses(stage)).toStrictEqual(["training", "submitted"]);
});

it("calls the buttons old when nothing is trained any more", async () => {
  const { stage, avatarId } = await inTraining();
  stage.provider.report(stage.request().requestId, { type: "failed", detail: "boom" });
  await stage.pass(30);
  for (const verb of ["progress", "cancel-ask", "cancel-no"])
    expect(await stage.forges(`v1:${verb}:${avatarId}`)).toBe(english("toast.old-button"));
});

it("can be trained again after it was cancelled", async () => {
  const { stage } = await inTraining();
  await stage.says("/cancel");
  await stage.presses(english("button.cancel-training"));
  await stage.presses(english("button.train-again"));
  await stage.presses(english("button.train"));
  await stage.pass(15);
  expect(await statuses(stage)).toStrictEqual(["training", "submitted", "cancelled"]);
});

it("says that the model from before stays when training again is cancelled", async () => {
  const { stage, avatarId } = await inTraining();
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(30);
  await stage.forges(`v1:open:${avatarId}`);
  await stage.presses(english("button.train-again"));
  await stage.presses(english("button.train"));
  await stage.pass(1);
  await stage.says("/cancel");
  await stage.presses(english("button.cancel-training"));
  expect(newest(stage).text).toBe(english("cancel.done", { name: "Ada", hasModel: true }));
  expect((await statuses(stage))[0]).toBe("ready");
});
