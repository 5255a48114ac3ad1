import { secondsBetween } from "@likeness/core";
import { photoBytes } from "@likeness/testing";
import { expect, it } from "vitest";
import { newest, type BotStage } from "../__fixtures__/bot-stage.ts";
import { inTraining } from "../__fixtures__/in-training.ts";
import { english } from "../__fixtures__/words.ts";

const seconds = 30;
const tooMany = {
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  retry_after: seconds,
} as const;

/** What the bot called since a moment, and how many seconds after it. */
const since = ({ fake }: BotStage, moment: string, methods: RegExp) =>
  fake.control.calls
    .map(({ method, at }) => ({ method, after: secondsBetween(moment, at) }))
    .filter(({ method, after }) => after > 0 && methods.test(method));

it("edits nothing, by press or by job, in whichever process, until the time that one edit was told", async () => {
  const { stage, avatarId } = await inTraining({ bots: 2 });
  await stage.says("/avatars");
  stage.fake.control.fault({ method: "editMessageText", answer: tooMany });
  const { requestId } = stage.request();
  stage.provider.report(requestId, { type: "running", percent: 10 });
  await stage.pass(3);
  const refused = stage.fake.control.calls.findLast(({ method }) => method === "editMessageText");
  expect(refused?.answer).toMatchObject({ ok: false, error_code: 429 });
  const at = refused?.at ?? "";

  // The next press is handled by the other process: it says in a new message what it would have put in place.
  for (const data of ["v1:page:1", "v1:avatars:"]) {
    await stage.forges(data);
    expect(newest(stage).text).toBe(english("avatars.list", { avatars: 1, page: 1, pages: 1 }));
  }
  for (let percent = 20; percent <= 40; percent += 10) {
    stage.provider.report(requestId, { type: "running", percent });
    await stage.pass(8);
  }
  await stage.forges(`v1:photos:${avatarId}`);
  stage.ada.sendsPhoto(photoBytes());
  await stage.handle();
  const early = since(stage, at, /^edit/).filter(({ after }) => after < seconds);
  expect(early).toStrictEqual([]);
  await stage.pass(10);
  expect(since(stage, at, /^edit/).length).toBeGreaterThan(0);
});

it("says nothing in a chat that takes no message, and all of it afterwards", async () => {
  const { stage } = await inTraining({ bots: 2, notifies: true });
  stage.fake.control.fault({ method: "sendMessage", answer: tooMany });
  await stage.says("/avatars");
  const at = stage.clock.now();
  await stage.says("Hello?");
  await stage.forges("v1:page:1");
  stage.provider.report(stage.request().requestId, { type: "failed", detail: "no" });
  await stage.pass(seconds - 1);
  expect(since(stage, at, /^send|^edit/)).toStrictEqual([]);
  await stage.pass(15);
  const said = stage.bot().map(({ text }) => text);
  expect(said).toContain(english("avatars.list", { avatars: 1, page: 1, pages: 1 }));
  expect(said).toContain(english("failed", { name: "Ada", reason: "provider_error" }));
});
