import { createHash } from "node:crypto";
import { createLikeness, type Delivery } from "@likeness/core";
import { signedDelivery, testPorts, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { testServer, webhookUrl } from "./__fixtures__/test-server.ts";

async function serverWithCore() {
  const { ports, storage, receiver, clock } = testPorts();
  const { server } = await testServer({ webhooks: createLikeness(ports).webhooks });
  const deliver = async ({ headers, body }: Delivery, url = webhookUrl("training-1")) => {
    const response = await server.inject({ method: "POST", url: await url, headers, payload: Buffer.from(body) });
    return { status: response.statusCode, body: response.json() };
  };
  const stored = () => valueOf(storage.store.inbox.unsettledBefore("9999", 100));
  return { storage, receiver, clock, deliver, stored };
}

const failed = { type: "failed", requestId: "request-1", detail: "out of memory" } as const;

describe("the plugin on top of the core", () => {
  it("stores a genuine delivery with a job, and knows it when it comes again", async () => {
    const { deliver, stored, storage } = await serverWithCore();
    const delivery = signedDelivery(failed);
    expect(await deliver(delivery)).toStrictEqual({ status: 200, body: { stored: "new" } });
    expect(await deliver(delivery)).toStrictEqual({ status: 200, body: { stored: "known" } });
    const [row, ...more] = await stored();
    const digest = createHash("sha256").update(delivery.body).digest("hex");
    expect(row).toMatchObject({ orderId: "training-1", requestId: "request-1", digest, verified: true });
    expect(Buffer.compare(row?.body ?? new Uint8Array(), delivery.body)).toBe(0);
    expect(more).toStrictEqual([]);
    expect(storage.jobs()).toHaveLength(1);
  });

  it("answers 200 to the same delivery twenty times in parallel, and stores it once", async () => {
    const { deliver, stored, storage } = await serverWithCore();
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(signedDelivery(failed))));
    expect(answers.map(({ status }) => status)).toStrictEqual(Array.from({ length: 20 }, () => 200));
    expect(answers.filter(({ body }) => body.stored === "new")).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
    expect(storage.jobs()).toHaveLength(1);
  });

  it("answers 401 to every forgery and stores none", async () => {
    const { deliver, stored } = await serverWithCore();
    const genuine = signedDelivery(failed);
    const forgeries = [
      { ...genuine, headers: {} },
      { ...genuine, body: Buffer.concat([genuine.body, Buffer.from(" ")]) },
      signedDelivery(failed, { key: "another key" }),
      signedDelivery(failed, { account: "another account" }),
      signedDelivery(failed, { sentAt: "2026-11-23T05:54:59.000Z" }),
      signedDelivery(failed, { sentAt: "2026-11-23T06:05:01.000Z" }),
    ];
    for (const forgery of forgeries)
      expect(await deliver(forgery)).toStrictEqual({ status: 401, body: { error: "webhook-rejected" } });
    expect(await stored()).toStrictEqual([]);
  });

  it("answers 404 to a genuine delivery with the token of another training", async () => {
    const { deliver, stored } = await serverWithCore();
    const url = webhookUrl("training-1").then((address) => address.replace("training-1", "training-2"));
    expect((await deliver(signedDelivery(failed), url)).status).toBe(404);
    expect(await stored()).toStrictEqual([]);
  });

  it("asks for a delivery again that is about no training here while the keys are out of reach", async () => {
    const { deliver, stored, receiver } = await serverWithCore();
    receiver.setKeysAvailable(false);
    expect(await deliver(signedDelivery(failed))).toStrictEqual({ status: 503, body: { error: "webhook-deferred" } });
    expect(await stored()).toStrictEqual([]);
  });

  it("answers 503 while the database is down, and takes the repetition afterwards", async () => {
    const { deliver, stored, storage } = await serverWithCore();
    storage.setDown(true);
    expect(await deliver(signedDelivery(failed))).toStrictEqual({ status: 503, body: { error: "storage-failure" } });
    storage.setDown(false);
    expect(await deliver(signedDelivery(failed))).toStrictEqual({ status: 200, body: { stored: "new" } });
    expect(await stored()).toHaveLength(1);
  });
});
