import type { Server } from "node:http";
import { createLikeness } from "@likeness/core";
import { telegramEndpoint, telegramUpdates } from "@likeness/grammy";
import { testPorts, valueOf } from "@likeness/testing";
import { Bot } from "grammy";
import { describe, expect, it, vi } from "vitest";
import { answerTo, hosts, openServer, type Headers } from "./__fixtures__/open-server.ts";
import { updatesPath, type Endpoints } from "./endpoints.ts";

const secretToken = "what-setWebhook-was-given";
const genuine = { "x-telegram-bot-api-secret-token": secretToken };
const megabyte = Buffer.alloc(1_048_576, "x");
const update = JSON.stringify({ update_id: 7, message: { message_id: 1, date: 0, chat: { id: 42, type: "private" } } });

/** A host that stores the updates of its bot, and requests to it on one connection. */
async function open(hostOf: (endpoints: Endpoints) => Server) {
  const { ports, clock, log, storage } = testPorts();
  const { webhooks } = createLikeness(ports);
  const { receive } = telegramUpdates({ ...ports, bot: new Bot("123456:fake-token") });
  const server = await openServer(
    hostOf({ webhooks, updates: telegramEndpoint({ secretToken, receive, clock, log }) }),
  );
  const begin = (headers: Headers = genuine) => server.begin(headers, updatesPath);
  const stored = () => valueOf(storage.store.inbox.unsettledBefore("9999", 100));
  return { begin, stored, clock };
}

describe.each(Object.entries(hosts))("the endpoint of Telegram's updates in %s", (_, hostOf) => {
  it("stores an update once, and answers without a body", async () => {
    const { begin, stored } = await open(hostOf);
    for (let time = 0; time < 2; time++) expect(await answerTo(begin().end(update))).toStrictEqual([200, ""]);
    expect(await stored()).toMatchObject([{ source: "telegram" }]);
  });

  it("takes a body that comes one byte at a time", async () => {
    const { begin, stored } = await open(hostOf);
    const sent = begin();
    for (const byte of Buffer.from(update)) sent.write(Uint8Array.of(byte));
    expect(await answerTo(sent.end())).toStrictEqual([200, ""]);
    expect(await stored()).toHaveLength(1);
  });

  it.each<Headers>([{}, { "x-telegram-bot-api-secret-token": `${secretToken}0` }])(
    "answers 401 to the headers %o before the body is there",
    async (headers) => {
      const { begin, stored } = await open(hostOf);
      const sent = begin({ ...headers, "content-length": 3 * megabyte.length });
      expect(await answerTo(sent)).toStrictEqual([401, ""]);
      sent.destroy();
      expect(await stored()).toStrictEqual([]);
    },
  );

  it.each<Headers>([{ "content-length": 3 * megabyte.length }, { "transfer-encoding": "chunked" }])(
    "refuses a large body with the headers %o, and takes the next update on the same connection",
    async (headers) => {
      const { begin, stored } = await open(hostOf);
      const large = begin({ ...genuine, ...headers });
      for (let sent = 0; sent < 3; sent++) large.write(megabyte);
      large.end();
      expect(await answerTo(large)).toStrictEqual([413, ""]);
      const next = begin().end(update);
      expect(await answerTo(next)).toStrictEqual([200, ""]);
      expect(next.reusedSocket).toBe(true);
      expect(await stored()).toHaveLength(1);
    },
  );

  it("gives up a body that does not end", async () => {
    const { begin, clock } = await open(hostOf);
    const sent = begin({ ...genuine, "transfer-encoding": "chunked" });
    sent.write("{");
    let answer: [number | undefined, string] | undefined;
    void answerTo(sent).then((got) => (answer = got));
    await vi.waitFor(async () => {
      await clock.advance(30);
      expect(answer).toStrictEqual([408, ""]);
    });
    sent.destroy();
  });
});
