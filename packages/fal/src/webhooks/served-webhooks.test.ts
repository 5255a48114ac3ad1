import type { Delivery, WebhookRejected } from "@likeness/core";
import { testClock, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { httpListener } from "../__fixtures__/http-listener.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";
import { aSubmittingTraining, preparedWith, upload } from "../__fixtures__/trainings.ts";
import type { FalFakeOutcome, FalForgery } from "../testing/index.ts";
import { falKeySet } from "./fal-key-set.ts";
import { falWebhooks } from "./fal-webhooks.ts";

/** A training at the fake, and the deliveries that come about it. */
async function setup() {
  const clock = testClock();
  const { fake, provider, url } = await servedFake(clock);
  const app = await httpListener((response) => response.end());
  const archiveUrl = await valueOf(upload(provider, { name: "t", entries: [aPhotoEntry("photo_001.jpg", 100)] }));
  const training = aSubmittingTraining(archiveUrl, clock.now());
  fake.control.next({ outcome: "never" });
  const webhookUrl = `${app.url}/hook?order=t&token=x`;
  const { requestId } = await valueOf(
    provider.submit({ order: training, prepared: preparedWith(archiveUrl), webhookUrl }),
  );
  const receiver = falWebhooks({
    userId: "fal-fake-user",
    keys: falKeySet({ urls: [`${url}/.well-known/jwks.json`], clock }),
  });

  const lastDelivery = (): Delivery => {
    const { headers = {}, body = "" } = app.received.at(-1) ?? {};
    const joined = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return { headers: Object.fromEntries(joined), body: Buffer.from(body), receivedAt: clock.now() };
  };
  const read = () => receiver.verify(lastDelivery()).andThen((verified) => receiver.parse(verified));
  return { fake, clock, requestId, read };
}

describe("webhooks over HTTP", () => {
  it.each<[FalFakeOutcome, object]>([
    ["ok", { type: "succeeded", outcome: { weights: { url: expect.stringContaining("safetensors") } } }],
    ["error", { type: "failed", detail: "body: Training failed: could not learn from the images" }],
    ["ok-without-payload", { type: "finished" }],
    ["error-without-payload", { type: "failed", detail: "Invalid status code: 500" }],
  ])("bring the outcome %s", async (outcome, event) => {
    const { fake, requestId, read } = await setup();
    await fake.control.finish(requestId, outcome);
    expect(await read()).toMatchObject(ok({ ...event, requestId }));
  });

  it.each<[FalForgery, WebhookRejected["reason"]]>([
    ["unsigned", "signature-missing"],
    ["bad-signature", "signature-invalid"],
    ["unknown-key", "signature-invalid"],
    ["altered-body", "signature-invalid"],
    ["other-account", "foreign-account"],
    ["stale", "signature-stale"],
    ["from-the-future", "signature-stale"],
    ["request-mismatch", "request-mismatch"],
  ])("do not bring anything forged: %s", async (forgery, reason) => {
    const { fake, requestId, read } = await setup();
    await fake.control.forge(requestId, forgery);
    expect(await read()).toStrictEqual(err({ type: "webhook-rejected", reason }));
  });

  it("are read after fal has changed its key", async () => {
    const { fake, clock, requestId, read } = await setup();
    await fake.control.finish(requestId);
    expect((await read()).isOk()).toBe(true);
    fake.control.rotate();
    await clock.advance(60);
    await fake.control.deliverAgain(requestId);
    expect(await read()).toMatchObject(ok({ type: "succeeded" }));
  });

  it("wait while the key set is down", async () => {
    const { fake, clock, requestId, read } = await setup();
    fake.control.jwks("down");
    await fake.control.finish(requestId);
    expect((await read())._unsafeUnwrapErr().type).toBe("keys-unavailable");
    fake.control.jwks("up");
    await clock.advance(60);
    expect(await read()).toMatchObject(ok({ type: "succeeded" }));
  });
});
