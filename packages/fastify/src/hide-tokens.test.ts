import { connect, type Socket } from "node:net";
import { webhookPath } from "@likeness/core";
import fastify from "fastify";
import { errAsync } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import likeness from "./index.ts";
import {
  answerTo,
  connectionsOf,
  listeningServer,
  testCommands,
  testServer,
  tokenOf,
  webhookUrl,
} from "./__fixtures__/test-server.ts";

describe("the log", () => {
  it("shows the path of every webhook request and never its query", async () => {
    const outcomes = [
      () => errAsync({ type: "storage-failure", cause: new Error("disk full") } as const),
      () => {
        throw new Error("a mistake");
      },
      () => errAsync({ type: "webhook-rejected", reason: "signature-invalid" } as const),
    ];
    for (const outcome of outcomes) {
      const { server, lines } = await testServer({ webhooks: testCommands(outcome) });
      const url = await webhookUrl();
      await server.inject({ method: "POST", url, payload: "{}" });
      await server.inject({ method: "POST", url, payload: Buffer.alloc(2_000_000) });
      await server.inject({ method: "POST", url: `${url}x`, payload: "{}" });
      await server.inject({ method: "POST", url: url.replace("?", "/?"), payload: "{}" });
      await server.inject({ method: "POST", url: url.replace("?", "/more?"), payload: "{}" });
      await server.inject({ method: "GET", url });
      await server.inject({ method: "PROPFIND" as "GET", url });
      const log = lines.join("");
      expect(log.match(/incoming request/g)).toHaveLength(7);
      expect(log).toContain('"url":"/api/v1/avatar/status_update"');
      expect(log).not.toContain(tokenOf(url));
      expect(log).not.toContain("token=");
    }
  });

  it("keeps the query to itself when a sender goes away", async () => {
    const { server, lines, send } = await listeningServer({ webhooks: testCommands() });
    const url = await webhookUrl();
    const sent = send(url, { "content-length": 1000 }).on("error", () => undefined);
    sent.write("half of it");
    await vi.waitFor(() => expect(lines.join("")).toContain("incoming request"));
    sent.destroy();
    await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0));
    expect(lines.join("")).not.toContain(tokenOf(url));
  });

  it("keeps the query to itself while the server is closing", async () => {
    const { server, lines, send } = await listeningServer({ webhooks: testCommands() });
    const url = await webhookUrl();
    const first = send(url, { "content-length": 2 });
    await vi.waitFor(() => expect(lines.join("")).toContain("incoming request"));
    const answer = answerTo(first);
    const closing = server.close();
    first.end("{}");
    expect((await answer).status).toBe(200);
    expect((await answerTo(send(url, {}).end("{}"))).status).toBe(503);
    await closing;
    expect(lines.join("")).toContain("refusing to accept new requests");
    expect(lines.join("")).not.toContain(tokenOf(url));
  });

  it("keeps the host's own child loggers", async () => {
    const { server, lines } = await testServer(
      { webhooks: testCommands() },
      { childLoggerFactory: (logger, bindings, options) => logger.child({ ...bindings, host: "mine" }, options) },
    );
    const url = await webhookUrl();
    await server.inject({ method: "POST", url, payload: "{}" });
    expect(lines.filter((line) => line.includes('"host":"mine"'))).not.toHaveLength(0);
    expect(lines.join("")).not.toContain(tokenOf(url));
  });
});

/** Everything that can be read from a text, including escaped parts and lists of bytes. */
function told(text: string): string {
  const bytes = [...text.matchAll(/"data":\[([\d,]*)\]/g)].map(([, list = ""]) =>
    Buffer.from(list.split(",").map(Number)).toString(),
  );
  let plain = [text, ...bytes].join("\n");
  for (let layer = 0; layer < 12; layer++)
    plain = plain.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return plain.toLowerCase();
}

const escaped = (text: string, layers = 1): string =>
  layers === 0
    ? text
    : escaped(
        text.replace(/./gs, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`),
        layers - 1,
      );

/** Every character behind eleven layers, which is more than Likeness takes off. */
const deeplyEscaped = (text: string): string =>
  text.replace(/./gs, (one) => `%${"25".repeat(11)}${one.charCodeAt(0).toString(16)}`);

/** When it is over, well or not. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once("close", () => resolve()));

/** Addresses that miss the endpoint, but hold its token. */
const misses: [string, (url: string) => string][] = [
  ["a slash too many", (url) => `/${url}`],
  ["slashes too many within", (url) => url.replace("/avatar", "//avatar")],
  [
    "another case",
    (url) => url.toUpperCase().replace(/TOKEN=.*/, (query) => query.slice(0, 6) + url.split("token=")[1]),
  ],
  ["a semicolon before the query", (url) => url.replace("?", ";")],
  ["an escaped question mark", (url) => url.replace("?", "%3F")],
  ["a query that is escaped twice", (url) => url.replace("?", "%253F").replaceAll("=", "%253D")],
  ["no question mark", (url) => url.replace("?", "/")],
  ["more behind its path", (url) => url.replace("?", "/more?")],
  ["another path", (url) => url.replace(webhookPath, "/")],
  ["a token that is escaped", (url) => url.replace(webhookPath, "/other").replace(tokenOf(url), escaped(tokenOf(url)))],
  ["all of it escaped, thrice", (url) => `/${escaped(url, 3)}`],
  ["more layers of escapes than any address has", (url) => `/x?${deeplyEscaped(tokenOf(url))}`],
  ["a token in its path", (url) => `${webhookPath}/${tokenOf(url)}`],
  ["a backslash", (url) => url.replaceAll("/", "\\").replace("\\", "/")],
  ["dots", (url) => `/x/..${url}`],
  ["an escape that is none", (url) => url.replace("?", "%zz?")],
  ["an escape that is cut", (url) => url.replace("?", "%E0%A4?")],
];

/** Fastify's own answers, and a host's. */
const hosts = {
  plain: () => undefined,
  "with pages": (server: Awaited<ReturnType<typeof testServer>>["server"]) => {
    server.get("/*", async (_request, reply) => reply.callNotFound());
  },
};

describe.each(Object.entries(hosts))("a host %s with Fastify's own log and answers", (_name, furnish) => {
  it.each(misses)("shows no token of an address with %s", async (_what, spoil) => {
    const { server, lines } = await testServer({ webhooks: testCommands() });
    furnish(server);
    const origin = await server.listen({ host: "127.0.0.1", port: 0 });
    const url = await webhookUrl();
    const token = tokenOf(url).toLowerCase().slice(0, 20);
    const missed = spoil(url);
    const answers: string[] = [];
    for (const method of ["GET", "POST", "PUT", "OPTIONS", "PROPFIND"]) {
      const body = method === "GET" ? "" : '{"a":1}';
      const head = `${method} ${missed} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`;
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      socket.write(`${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      socket.on("data", (chunk) => answers.push(String(chunk)));
      await closed(socket);
    }
    expect(answers.join("")).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(told(answers.join(""))).not.toContain(token);
    expect(lines.join("")).toContain("request completed");
    expect(told(lines.join(""))).not.toContain(token);
  });

  it("shows no token of a request that is malformed", async () => {
    const { server, lines } = await testServer({ webhooks: testCommands() });
    furnish(server);
    const origin = await server.listen({ host: "127.0.0.1", port: 0 });
    const url = await webhookUrl();
    for (const spoiled of [
      `POST ${url} HTTP/1.1\r\nhost: localhost\r\nbad header\r\nx-telegram-bot-api-secret-token: hush\r\n\r\n`,
      `POST ${url} HTTP/1.1\r\nhost: localhost\r\ncontent-length: x\r\n\r\n`,
      `POST ${url} HTTP/9.9\r\nhost: localhost\r\n\r\n`,
      `POST ${url} HTTP/1.1\r\nhost: localhost\r\nx: ${"x".repeat(70_000)}\r\n\r\n`,
      `POST ${url}\u0001 HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    ]) {
      const socket = connect(Number(new URL(origin).port), "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(spoiled);
      socket.resume();
      await closed(socket);
    }
    await vi.waitFor(() => expect(lines.filter((line) => line.includes("client ")).length).toBeGreaterThanOrEqual(5));
    expect(told(lines.join(""))).not.toContain(tokenOf(url).toLowerCase());
    expect(told(lines.join(""))).not.toContain("hush");
    expect(lines.join("")).toContain("Parse Error");
  });
});

describe("a host with the plugin in a scope", () => {
  it.each(["", "/inner"])("shows no token of an address that misses it, at the prefix %j", async (prefix) => {
    const lines: string[] = [];
    const server = fastify({ logger: { level: "trace", stream: { write: (line: string) => void lines.push(line) } } });
    server.get("/other", async () => ({ mine: true }));
    await server.register(
      async (scope) => {
        await scope.register(async (inner) => {
          await inner.register(likeness, { webhooks: testCommands() });
        });
      },
      { prefix },
    );
    const url = await webhookUrl();
    for (const missed of [`/${url}`, `/x${url}`, `${prefix}/${url}`, url.toUpperCase().replace(/TOKEN=.*/, "") + url]) {
      const { statusCode, body } = await server.inject({ method: "POST", url: missed, payload: "{}" });
      expect([missed, statusCode]).toStrictEqual([missed, 404]);
      expect(body).not.toContain(tokenOf(url));
    }
    expect(lines.join("")).not.toContain(tokenOf(url));
    expect((await server.inject(`${prefix}${url}`)).statusCode).toBe(405);
    expect((await server.inject("/other?a=1")).json()).toStrictEqual({ mine: true });
  });
});

describe("what a host keeps", () => {
  it("are its own addresses in its log, also those with words like ours", async () => {
    const { server, lines } = await testServer({ webhooks: testCommands() });
    server.get("/training/:id", async () => ({}));
    const own = ["/training/5?token=abc", `/files/${"a".repeat(64)}`, "/reset?token=0123456789abcdef0123", "/none?a=1"];
    for (const url of own) await server.inject(url);
    for (const url of own) expect(lines.join("")).toContain(`"url":"${url}"`);
    expect((await server.inject("/none?a=1")).json()).toMatchObject({ message: "Route GET:/none?a=1 not found" });
  });

  it("is its own way to write requests, where no token is in them", async () => {
    const lines: string[] = [];
    const serializers = { req: ({ url }: { url: string }) => ({ mine: url }) };
    const stream = { write: (line: string) => void lines.push(line) };
    const server = fastify({ logger: { serializers, stream } });
    await server.register(likeness, { webhooks: testCommands() });
    await server.inject("/page?a=1");
    const url = await webhookUrl();
    await server.inject(`/${url}`);
    expect(lines.join("")).toContain('"req":{"mine":"/page?a=1"}');
    expect(lines.join("")).not.toContain(tokenOf(url));
  });

  it("is what it can learn from an error of a connection, which no log line shows", async () => {
    const seen: unknown[] = [];
    const server = fastify({
      clientErrorHandler: (error: Error & { rawPacket?: unknown }, socket) => {
        seen.push(String(error.rawPacket), JSON.stringify(error));
        socket.destroy();
      },
    });
    await server.register(likeness, { webhooks: testCommands() });
    const origin = await server.listen({ host: "127.0.0.1", port: 0 });
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    socket.on("error", () => undefined).resume();
    socket.write("POST / HTTP/1.1\r\nbad header\r\n\r\n");
    await closed(socket);
    await server.close();
    expect(seen[0]).toContain("bad header");
    expect(seen[1]).not.toContain("rawPacket");
  });
});
