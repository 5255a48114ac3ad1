import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { silentLog } from "@likeness/core";
import { makeAvatar } from "./rehearsal/make-avatar.ts";
import { openStage } from "./rehearsal/open-stage.ts";
import { findSettings } from "./settings.ts";

async function stageFor(context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "bot-"));
  const stage = await openStage({ folder, log: silentLog, seconds: 1 });
  context.after(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });
  return stage;
}

test("a person gets an avatar and its first pictures", async (context) => {
  const stage = await stageFor(context);
  await makeAvatar(stage);
  await stage.hears("Ada is ready");
  const pictures = stage.ada.chat().filter(({ from, photo }) => from === "bot" && photo);
  assert.equal(pictures.length, 4);
});

test("a person is told that a training has failed, and can try again", async (context) => {
  const stage = await stageFor(context);
  stage.failNextTraining();
  await makeAvatar(stage);
  await stage.presses("Train again");
  await stage.presses("Start training");
  await stage.hears("Ada is ready");
});

test("the bot has a command of its own", async (context) => {
  const { ada, hears } = await stageFor(context);
  ada.says("/help");
  await hears("I make avatars of your photos");
});

test("half a configuration is refused, by names and without values", () => {
  const found = findSettings({ TELEGRAM_BOT_TOKEN: "a secret" });
  assert.equal(found.type, "some");
  assert.doesNotMatch(JSON.stringify(found), /a secret/);
  assert.equal(findSettings({ TELEGRAM_BOT_TOKEN: " " }).type, "none");
});
