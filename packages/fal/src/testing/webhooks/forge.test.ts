import { describe, expect, it } from "vitest";
import { isGenuine } from "../__fixtures__/genuine.ts";
import { servedFake, type Bench } from "../__fixtures__/served-fake.ts";
import type { FalForgery } from "./forge.ts";

interface Forged {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: { readonly request_id: string; readonly status: string };
  readonly genuine: boolean;
}

/** Two requests, and a forged webhook of the first. */
async function forged(bench: Bench, kind: FalForgery): Promise<Forged & { readonly requestId: string }> {
  const requestId = await bench.submitted("/hook?order=1&token=first");
  const other = await bench.submitted("/hook?order=2&token=second");
  expect(await bench.fake.control.forge(requestId, kind, other)).toBe(200);
  const webhook = bench.receiver.received[0];
  if (!webhook) throw new Error("nothing came");
  const genuine = "x-fal-webhook-signature" in webhook.headers && (await isGenuine(webhook, bench.url));
  return { ...webhook, body: JSON.parse(webhook.body.toString()), genuine, requestId };
}

const address = "/hook?order=1&token=first";

describe("a forged webhook of the fal fake", () => {
  it.each([
    ["no-token", "/hook?order=1"],
    ["bad-token", "/hook?order=1&token=0irst"],
    ["token-of-another", "/hook?order=1&token=second"],
  ] as const)("has the right signature and the wrong address: %s", async (kind, path) => {
    expect(await forged(await servedFake(), kind)).toMatchObject({ path, genuine: true });
  });

  it.each(["unsigned", "bad-signature", "unknown-key", "altered-body"] as const)(
    "has the right address and no valid signature: %s",
    async (kind) => {
      const webhook = await forged(await servedFake(), kind);
      expect(webhook).toMatchObject({ path: address, genuine: false, body: { request_id: webhook.requestId } });
    },
  );

  it("is signed for another account", async () => {
    const webhook = await forged(await servedFake({ userId: "us" }), "other-account");
    expect(webhook).toMatchObject({ path: address, genuine: true });
    expect(webhook.headers["x-fal-webhook-user-id"]).toBe("us-of-somebody-else");
  });

  it.each([
    ["stale", -301],
    ["from-the-future", 310],
  ] as const)("is signed for another time: %s", async (kind, offset) => {
    const bench = await servedFake();
    const { headers, genuine } = await forged(bench, kind);
    expect(genuine).toBe(true);
    expect(Number(headers["x-fal-webhook-timestamp"])).toBe(Date.parse(bench.clock.now()) / 1000 + offset);
  });

  it("names another request in its header than in its body", async () => {
    const { headers, body, genuine, requestId } = await forged(await servedFake(), "request-mismatch");
    expect([genuine, body.request_id]).toStrictEqual([true, requestId]);
    expect(headers["x-fal-webhook-request-id"]).not.toBe(requestId);
  });

  it("is about a request that was never made for the address", async () => {
    const { path, headers, body, genuine, requestId } = await forged(await servedFake(), "other-request");
    expect([genuine, path]).toStrictEqual([true, address]);
    expect(body.request_id).not.toBe(requestId);
    expect(headers["x-fal-webhook-request-id"]).toBe(body.request_id);
  });

  it("is sent once, whatever the answer", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted("/hook?token=1");
    bench.receiver.answers.push(503);
    expect(await bench.fake.control.forge(requestId, "unsigned")).toBe(503);
    await bench.clock.advance(5);
    expect(bench.receiver.received).toHaveLength(1);
  });

  it("cannot be made of a webhook URL without a token", async () => {
    const { fake, submitted } = await servedFake();
    const requestId = await submitted("/hook");
    await expect(fake.control.forge(requestId, "bad-token")).rejects.toThrow("no token");
  });
});
