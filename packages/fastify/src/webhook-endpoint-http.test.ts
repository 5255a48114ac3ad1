import { webhookPath } from "@likeness/core";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answerTo, connectionsOf, listeningServer, testCommands, webhookUrl } from "./__fixtures__/test-server.ts";

/** How long a body is read on that was answered before its end. */
const drainMilliseconds = 5_000;

const megabyte = Buffer.alloc(1_048_576, "x");

describe("webhook endpoint over HTTP", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ["states its length", { "content-length": 3 * megabyte.length }],
    ["comes in chunks", { "transfer-encoding": "chunked" }],
  ])(
    "answers 413 to a sender whose body %s, and takes its next delivery on the same connection",
    async (_how, headers) => {
      const webhooks = testCommands();
      const { send } = await listeningServer({ webhooks });
      const large = send(await webhookUrl(), headers);
      for (let sent = 0; sent < 3; sent++) large.write(megabyte);
      large.end();
      expect(await answerTo(large)).toStrictEqual({ status: 413, body: '{"error":"body-too-large"}' });
      expect(webhooks.received).toStrictEqual([]);
      const next = send(await webhookUrl(), {}).end("{}");
      expect(await answerTo(next)).toStrictEqual({ status: 200, body: '{"stored":"new"}' });
      expect(next.reusedSocket).toBe(true);
    },
  );

  it("answers before the body is there when the address is wrong or the body will be too large", async () => {
    const { send } = await listeningServer({ webhooks: testCommands() });
    const headers = { "content-length": 3 * megabyte.length };
    const cases = [
      [webhookPath, 404],
      [await webhookUrl(), 413],
    ] as const;
    for (const [url, status] of cases) {
      const sent = send(url, headers);
      expect((await answerTo(sent)).status).toBe(status);
      sent.destroy();
    }
  });

  it("stops reading a body that does not end after its answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { send } = await listeningServer({ webhooks: testCommands() });
    const sent = send(webhookPath, { "transfer-encoding": "chunked" });
    const closed = once(sent, "close");
    expect((await answerTo(sent)).status).toBe(404);
    sent.write("and still more");
    await vi.advanceTimersByTimeAsync(drainMilliseconds - 1);
    expect(sent.socket?.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await closed;
  });

  it("keeps a connection whose body ended after its answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { server, send } = await listeningServer({ webhooks: testCommands() });
    const bodyRead = new Promise((resolve) => {
      server.server.once("request", (request: IncomingMessage) => request.once("close", resolve));
    });
    const early = send(webhookPath, { "transfer-encoding": "chunked" });
    expect((await answerTo(early)).status).toBe(404);
    early.end("the end");
    await bodyRead;
    await vi.advanceTimersByTimeAsync(drainMilliseconds * 2);
    const next = send(await webhookUrl(), {}).end("{}");
    expect((await answerTo(next)).status).toBe(200);
    expect(next.reusedSocket).toBe(true);
  });

  it("forgets a delivery whose sender goes away", async () => {
    const webhooks = testCommands();
    const { server, send } = await listeningServer({ webhooks });
    const sent = send(await webhookUrl(), { "content-length": 1000 }).on("error", () => undefined);
    const arrived = once(server.server, "request");
    sent.write("half of it");
    await arrived;
    sent.destroy();
    await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0));
    expect(webhooks.received).toStrictEqual([]);
    expect((await answerTo(send(await webhookUrl(), {}).end("{}"))).status).toBe(200);
    expect(webhooks.received).toHaveLength(1);
  });
});
