import { aModel } from "@likeness/testing";
import { expect, it } from "vitest";
import { newest } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";

const list = english("avatars.list", { avatars: 1, page: 1, pages: 1 });
const ready = english("ready", { name: "Ada", model: "stored" });
const failed = english("failed", { name: "Ada", reason: "provider_error" });

it.each([
  { news: ready, label: english("button.avatars"), below: list },
  { news: ready, label: english("button.create"), below: english("kind.prompt") },
  { news: failed, label: english("button.avatars"), below: list },
  { news: failed, label: english("button.more-photos"), below: "Now send 3–5 photos for Ada.\nAccepted so far: 3." },
])("leaves the news where they are, and answers $label below", async ({ news, label, below }) => {
  const { stage } = await inTraining({ notifies: true });
  const { requestId } = stage.request();
  if (news === ready) stage.provider.report(requestId, { type: "succeeded", outcome: aModel() });
  else stage.provider.report(requestId, { type: "failed", detail: "boom" });
  await stage.pass(30);
  const before = stage.bot();
  expect(newest(stage).text).toBe(news);
  await stage.presses(label);
  expect(stage.bot().slice(0, -1)).toStrictEqual(before);
  expect(newest(stage).text).toContain(below);
});
