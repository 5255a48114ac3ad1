import { falFake, type FalFakeActivity } from "@likeness/fal/testing";
import { telegramFake } from "@likeness/grammy/testing";
import { expect, it, onTestFinished } from "vitest";
import { activityFromFal } from "./from-fal.ts";
import { activityFromTelegram } from "./from-telegram.ts";
import type { NewActivity } from "./activities.ts";

const token = "123456:secret";

it("tells what the person and the bot do, and never the token", async () => {
  const fake = telegramFake({ token });
  onTestFinished(() => fake.close());
  const added: NewActivity[] = [];
  fake.control.subscribe((event) => {
    const one = activityFromTelegram(event, fake.control.calls);
    if (one) added.push(one);
  });
  const call = (method: string, fields: object): Promise<Response> =>
    fake.fetch(
      new Request(`http://127.0.0.1/bot${token}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fields),
      }),
    );
  const person = fake.control.person(1);
  person.says("/start");
  await call("getUpdates", { timeout: 0 });
  await call("sendMessage", { chat_id: 1, text: `Hello\n${"very ".repeat(20)}long` });
  person.blocks();
  await call("sendMessage", { chat_id: 1, text: "Hello?" });
  person.unblocks();
  fake.control.fault({ method: "setWebhook", answer: { error_code: 429, retry_after: 1 } });
  await call("setWebhook", { url: "http://127.0.0.1:1/" });
  await call("editMessageText", { chat_id: 1, message_id: 2, text: `Hello\n${"very ".repeat(20)}long` });
  person.says("\u202Egpj.ada שלום");
  const { fileId } = person.sendsPhoto(new Uint8Array([1]));
  const media = { type: "photo", media: fileId, caption: "2/2" };
  await call("sendPhoto", { chat_id: 1, photo: fileId, caption: "1/2" });
  await call("sendMediaGroup", { chat_id: 1, media: [media, media] });
  await call("editMessageMedia", { chat_id: 1, message_id: 4, media });

  expect(added.map(({ line, trouble }) => [line, trouble])).toStrictEqual([
    ["person: sends “/start”", false],
    ["bot: sendMessage “Hello very very very very very very very…”", false],
    ["person: blocks the bot", false],
    ["bot: 403 Forbidden: bot was blocked by the user for sendMessage", true],
    ["person: unblocks the bot", false],
    ["bot: 429 Too Many Requests: retry after 1 for setWebhook", false],
    [expect.stringMatching(/^bot: 400 .*message is not modified.* for editMessageText$/), false],
    ["person: sends “\u2068gpj.ada שלום\u2069”", false],
    ["person: sends a photo", false],
    ["bot: sendPhoto “1/2”", false],
    ["bot: sendMediaGroup, 2 files", false],
    [expect.stringMatching(/editMessageMedia/), expect.any(Boolean)],
  ]);
  expect(added[1]?.details).toMatch(/^{\n {2}"chat_id": 1,\n {2}"text": "Hello/);
  expect(JSON.stringify(added)).not.toContain("secret");
});

it("tells what the bot asks fal, and what fal answers", async () => {
  const fake = falFake({ key: "id:secret" });
  onTestFinished(() => fake.close());
  const added: NewActivity[] = [];
  fake.control.subscribe((activity) => added.push(activityFromFal(activity)));
  await fake.fetch(new Request("http://127.0.0.1/.well-known/jwks.json"));
  await fake.fetch(
    new Request("http://127.0.0.1/fal-ai/flux-lora-portrait-trainer?fal_webhook=http://127.0.0.1/?token=hidden", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ steps: 500 }),
    }),
  );
  expect(added).toMatchObject([
    { kind: "fal", line: "bot: key set", trouble: false, details: "GET /.well-known/jwks.json → 200" },
    {
      kind: "fal",
      line: "bot: 401 for submit fal-ai/flux-lora-portrait-trainer, 500 steps",
      trouble: true,
      details: 'POST /fal-ai/flux-lora-portrait-trainer → 401\n{\n  "steps": 500\n}',
    },
  ]);
  expect(JSON.stringify(added)).not.toMatch(/secret|hidden/);
});

it("tells of a webhook what was sent and how it was taken", () => {
  const webhook: FalFakeActivity = {
    type: "webhook",
    at: "2026-11-23T10:00:00.000Z",
    requestId: "r",
    attempt: 2,
    answer: 503,
    url: "http://127.0.0.1:1/api/v1/avatar/status_update",
    body: '{"status":"OK"}',
  };
  expect(activityFromFal(webhook)).toStrictEqual({
    at: Date.parse("2026-11-23T10:00:00.000Z"),
    kind: "webhook",
    line: "fal: tells the outcome → 503, attempt 2",
    trouble: true,
    details: 'POST /api/v1/avatar/status_update\n{\n  "status": "OK"\n}',
  });
});
