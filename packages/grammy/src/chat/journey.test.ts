import { aModel, photoBytes } from "@likeness/testing";
import { expect, it } from "vitest";
import { botStage, type BotStage } from "./__fixtures__/bot-stage.ts";
import { reach } from "./__fixtures__/reach.ts";
import { english } from "./__fixtures__/words.ts";

/** Leads Ada from nothing to a training that the provider has. */
async function train(stage: BotStage): Promise<void> {
  await reach(stage, "photos");
  stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }]);
  stage.ada.sendsFile({ bytes: photoBytes(), name: "ada.png" });
  await stage.handle();
  await stage.pass(10);
  await stage.presses(english("button.continue"));
  await stage.presses(english("button.train"));
  await stage.pass(2);
}

const said = (stage: BotStage) => stage.bot().map(({ text }) => text);

it("leads from nothing to an avatar that is ready", async () => {
  const stage = await botStage({ notifies: true });
  await train(stage);
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(90);
  expect(said(stage).slice(-2)).toStrictEqual([
    english("progress.ended", { name: "Ada", outcome: "succeeded" }),
    english("ready", { name: "Ada", model: "stored" }),
  ]);
  expect((await stage.overviews()).map(({ avatar }) => [avatar.name, avatar.main, avatar.state.status])).toStrictEqual([
    ["Ada", true, "ready"],
  ]);
});

it("leads from a training that failed to another one with the same photos", async () => {
  const stage = await botStage({ notifies: true });
  await train(stage);
  stage.provider.report(stage.request().requestId, { type: "failed", detail: "out of memory" });
  await stage.pass(30);
  expect(said(stage).at(-1)).toBe(english("failed", { name: "Ada", reason: "provider_error" }));
  await stage.presses(english("button.train-again"));
  await stage.presses(english("button.train"));
  await stage.pass(15);
  expect(stage.provider.submissions).toHaveLength(2);
  expect(said(stage).at(-2)).toBe(english("failed", { name: "Ada", reason: "provider_error" }));
  expect(said(stage).at(-1)).toBe(
    english("progress", { name: "Ada", phase: "queued", position: 0, remaining: undefined }),
  );
});

it.each([
  { way: "on coming back", back: ({ ada }: BotStage) => ada.unblocks() },
  {
    way: "with the next /start",
    back: (stage: BotStage) => {
      // Telegram's word about it is lost.
      stage.ada.unblocks();
      stage.skipUpdates();
      stage.ada.says("/start");
    },
  },
])("tells the outcome once to an owner who had blocked the bot: $way", async ({ back }) => {
  const stage = await botStage({ notifies: true });
  await train(stage);
  stage.ada.blocks();
  await stage.handle();
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(90);
  expect(said(stage)).not.toContain(english("ready", { name: "Ada", model: "stored" }));
  back(stage);
  await stage.handle();
  await stage.pass(5);
  expect(said(stage)).toContain(english("ready", { name: "Ada", model: "stored" }));
  await stage.says("/start");
  await stage.pass(5);
  expect(said(stage).filter((text) => text === english("ready", { name: "Ada", model: "stored" }))).toHaveLength(1);
});

it("sends the ready message first when every edit is refused for a minute", async () => {
  const stage = await botStage({ notifies: true });
  await train(stage);
  stage.fake.control.fault({
    method: "editMessageText",
    untilCleared: true,
    answer: { error_code: 429, description: "Too Many Requests: retry after 60", retry_after: 60 },
  });
  stage.provider.report(stage.request().requestId, { type: "running", percent: 50 });
  await stage.pass(12);
  stage.provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await stage.pass(30);
  expect(said(stage)).toContain(english("ready", { name: "Ada", model: "stored" }));
  stage.fake.control.clearFaults();
  await stage.pass(90);
  expect(said(stage)).toContain(english("progress.ended", { name: "Ada", outcome: "succeeded" }));
});
