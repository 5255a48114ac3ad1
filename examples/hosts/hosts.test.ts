import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { createLikeness, webhookAddress, type WebhookAddress } from "@likeness/core";
import { fakeWebhookReceiver, signedDelivery, testPorts, valueOf } from "@likeness/testing";
import express from "express";
import { describe, expect, it, vi } from "vitest";
import { openProxy } from "./__fixtures__/open-proxy.ts";
import { answerTo, hosts, openServer, type Headers } from "./__fixtures__/open-server.ts";
import type { Endpoints } from "./endpoints.ts";
import { expressHost } from "./express.ts";

const orderId = "training-1";
const genuine = signedDelivery({ type: "failed", requestId: "request-1", detail: "out of memory" });
const megabyte = Buffer.alloc(1_048_576, "x");

/** A host that listens, and requests to its webhook endpoint on one connection. */
async function open(hostOf: (endpoints: Endpoints) => Server, address?: WebhookAddress) {
  const { ports: fakes, clock, log, storage } = testPorts();
  const ports = { ...fakes, ...(address && { webhooks: { receiver: fakeWebhookReceiver(), address } }) };
  const { webhooks } = createLikeness(ports);
  const server = await openServer(hostOf({ webhooks, updates: async () => new Response(null, { status: 401 }) }));
  const { pathname, search } = new URL((await ports.webhooks?.address.urlFor(orderId)) ?? "");
  const begin = (headers: Headers, path = pathname + search) => server.begin(headers, path);
  const stored = () => valueOf(storage.store.inbox.unsettledBefore("9999", 100));
  return { begin, stored, clock, log, port: server.port, pathname, token: search };
}

describe.each(Object.entries(hosts))("the webhook endpoint in %s", (_, hostOf) => {
  it("stores a delivery once, and says so when it comes again", async () => {
    const { begin, stored } = await open(hostOf);
    expect(await answerTo(begin(genuine.headers).end(genuine.body))).toStrictEqual([200, '{"stored":"new"}']);
    expect(await answerTo(begin(genuine.headers).end(genuine.body))).toStrictEqual([200, '{"stored":"known"}']);
    expect(await stored()).toMatchObject([{ orderId, requestId: "request-1", verified: true }]);
  });

  it("takes a body that comes one byte at a time", async () => {
    const { begin } = await open(hostOf);
    const sent = begin(genuine.headers);
    for (const byte of genuine.body) sent.write(Uint8Array.of(byte));
    expect((await answerTo(sent.end()))[0]).toBe(200);
  });

  it("refuses a body that was compressed, because the signature is about other bytes", async () => {
    const { begin, stored } = await open(hostOf);
    const sent = begin({ ...genuine.headers, "content-encoding": "gzip" });
    expect(await answerTo(sent.end(gzipSync(genuine.body)))).toStrictEqual([401, '{"error":"webhook-rejected"}']);
    expect(await stored()).toStrictEqual([]);
  });

  it("answers a wrong address before the body is there", async () => {
    const { begin, pathname, log, token } = await open(hostOf);
    const sent = begin({ "content-length": 3 * megabyte.length }, `${pathname}${token}0`);
    expect(await answerTo(sent)).toStrictEqual([404, '{"error":"webhook-not-found"}']);
    sent.destroy();
    expect(JSON.stringify(log.entries)).not.toContain(token.slice(-43));
  });

  it.each([
    ["states its length", { "content-length": 3 * megabyte.length }],
    ["comes in chunks", { "transfer-encoding": "chunked" }],
  ])("refuses a large body that %s, and takes the next delivery on the same connection", async (_how, headers) => {
    const { begin } = await open(hostOf);
    const large = begin(headers);
    for (let sent = 0; sent < 3; sent++) large.write(megabyte);
    large.end();
    expect(await answerTo(large)).toStrictEqual([413, '{"error":"body-too-large"}']);
    const next = begin(genuine.headers).end(genuine.body);
    expect((await answerTo(next))[0]).toBe(200);
    expect(next.reusedSocket).toBe(true);
  });

  it("takes a delivery that a proxy passes on by http, under another name and without its prefix", async () => {
    const publicUrl = "https://bot.example/likeness/bots";
    const address = webhookAddress({ publicUrl, secrets: ["a secret of at least thirty-two bytes"] });
    const { port, pathname, token, stored } = await open(hostOf, address);
    const proxy = await openProxy("/likeness/bots");
    proxy.ports.push(port);
    const headers = { ...genuine.headers } as Record<string, string>;
    const sent = { method: "POST", headers, body: new Uint8Array(genuine.body) };
    const response = await fetch(`${new URL(pathname, proxy.url).href}${token}`, sent);
    expect([response.status, await response.json()]).toStrictEqual([200, { stored: "new" }]);
    expect(await stored()).toMatchObject([{ orderId, verified: true }]);
  });

  it("gives up a body that does not end", async () => {
    const { begin, clock } = await open(hostOf);
    const sent = begin({ "transfer-encoding": "chunked" });
    sent.write("{");
    let answer: [number | undefined, string] | undefined;
    void answerTo(sent).then((got) => (answer = got));
    await vi.waitFor(async () => {
      await clock.advance(30);
      expect(answer).toStrictEqual([408, '{"error":"body-too-slow"}']);
    });
    sent.destroy();
  });
});

describe("an Express host with its parser of bodies before the endpoint", () => {
  it("answers 500 and says in the log what to change", async () => {
    const { begin, log } = await open((endpoints) =>
      createServer(express().use(express.json()).use(expressHost(endpoints))),
    );
    const sent = begin(genuine.headers).end(genuine.body);
    expect(await answerTo(sent)).toStrictEqual([500, '{"error":"internal-error"}']);
    expect(log.entries).toMatchObject([
      { level: "error", fields: { orderId, err: { message: expect.stringContaining("before parsers of bodies") } } },
    ]);
  });
});
