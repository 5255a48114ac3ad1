import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { createLikeness, silentLog } from "@likeness/core";
import { testPorts } from "@likeness/testing";
import { errAsync, okAsync } from "neverthrow";
import { pino } from "pino";
import type { ReceiveUpdate } from "@likeness/grammy";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { UpdateMode } from "../settings/settings.ts";
import { readSettings } from "../settings/read-settings.ts";
import { defaultLimits, maximumConnections } from "./limits.ts";
import { operatorEndpoint } from "./operator-endpoint.ts";
import { openServer, type ServerOptions } from "./open-server.ts";
import { updateEndpoint } from "./update-endpoint.ts";

const mode: UpdateMode = { type: "webhook", url: "https://bot.example/telegram/update", secretToken: "the-secret" };
const headers = { "x-telegram-bot-api-secret-token": "the-secret" };

/** A server that listens, and what it logged. */
async function serve(more: Partial<ServerOptions> = {}) {
  const lines: { readonly level: number; readonly msg: string }[] = [];
  const log = pino({ level: "trace" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const server = await openServer({ host: "127.0.0.1", port: 0, prefix: "", log, ...more });
  onTestFinished(() => server.close());
  return { server, lines };
}

/** Begins to say something to a server, and what comes back until the connection is closed. */
async function say(server: Awaited<ReturnType<typeof serve>>["server"], words: string) {
  const address = server.server.address();
  if (typeof address !== "object" || !address) throw new Error("the server does not listen");
  const socket: Socket = connect(address.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let heard = "";
  socket.on("data", (chunk) => (heard += String(chunk))).on("error", () => undefined);
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(heard)));
  socket.write(words);
  return { socket, closed, heard: (expected: RegExp) => vi.waitFor(() => expect(heard).toMatch(expected)) };
}

const serveUpdates = (receive: ReceiveUpdate) => serve({ updates: updateEndpoint(mode, receive) });

describe("openServer", () => {
  it.each<[string, ReturnType<ReceiveUpdate>, number]>([
    ["new", okAsync("new"), 200],
    ["known", okAsync("known"), 200],
    ["no update", errAsync({ type: "update-malformed" }), 200],
    ["not stored", errAsync({ type: "storage-failure", cause: new Error("disk full") }), 503],
  ])("answers an update that is %s", async (_, outcome, status) => {
    const received: unknown[] = [];
    const { server, lines } = await serveUpdates((update) => {
      received.push(update);
      return outcome;
    });
    const answer = await server.inject({ method: "POST", url: "/telegram/update", headers, payload: { update_id: 7 } });
    expect({ status: answer.statusCode, body: answer.body, received }).toStrictEqual({
      status,
      body: "",
      received: [{ update_id: 7 }],
    });
    const refused = (await outcome).isErr() ? [{ updateId: 7 }] : [];
    expect(lines.filter(({ msg }) => msg === "an update was not taken")).toMatchObject(refused);
  });

  it.each(["application/json; charset=utf-8", "text/plain", undefined])(
    "reads an update of content type %s",
    async (type) => {
      const { server } = await serveUpdates(() => okAsync("new"));
      const typed = type === undefined ? headers : { ...headers, "content-type": type };
      const answer = await server.inject({
        method: "POST",
        url: "/telegram/update",
        headers: typed,
        payload: '{"update_id":7}',
      });
      expect(answer.statusCode).toBe(200);
    },
  );

  it.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)("answers %s with 405", async (method) => {
    const { server } = await serveUpdates(() => okAsync("new"));
    const answer = await server.inject({ method, url: "/telegram/update", headers });
    expect([answer.statusCode, answer.headers["allow"]]).toStrictEqual([405, "POST"]);
  });

  it("has no endpoint for updates that are fetched", () => {
    expect(updateEndpoint({ type: "polling" }, () => okAsync("new"))).toBeUndefined();
  });

  it("answers with and without the path of the public URL", async () => {
    const { server } = await serve({ prefix: "/likeness", checks: { database: () => okAsync(undefined) } });
    for (const url of ["/health", "/likeness/health", "/ready", "/likeness/ready"])
      expect((await server.inject(url)).statusCode).toBe(200);
    expect((await server.inject("/other/health")).statusCode).toBe(404);
  });

  it("closes after a while also when a caller never ends its request", async () => {
    const { server } = await serveUpdates(() => okAsync("new"));
    const address = server.server.address();
    if (typeof address !== "object" || !address) throw new Error("the server does not listen");
    const slow = connect(address.port, "127.0.0.1");
    onTestFinished(() => void slow.destroy());
    const requested = once(server.server, "request");
    slow.write("POST /telegram/update HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nh");
    await requested;
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    let closed = false;
    const closing = server.close().then(() => (closed = true));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await closing;
  });

  it.each([
    ["POST /telegram/update", 401],
    ["PUT /telegram/update", 405],
    ["POST /nowhere", 404],
    ["POST /health", 404],
    ["POST /telegram/update/more", 404],
    ["POST //telegram/update", 404],
    ["POST /api/v1/avatar/status_update?training=a&token=b", 404],
    ["POST /%zz", 400],
  ])("answers %s before there is a body", async (request, status) => {
    const { server } = await serve({
      webhooks: createLikeness(testPorts().ports).webhooks,
      updates: updateEndpoint(mode, () => okAsync("new")),
    });
    const { heard } = await say(
      server,
      `${request} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1048576\r\n\r\n`,
    );
    await heard(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it("takes the rest of an unread body for a while, and no longer", async () => {
    const { server } = await serve();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const answered = new Promise<void>((resolve) => {
      server.server.once("request", (_request, response: ServerResponse) => response.once("finish", resolve));
    });
    const { socket, closed } = await say(
      server,
      "POST /nowhere HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n",
    );
    await answered;
    socket.write("1\r\nx\r\n");
    await vi.advanceTimersByTimeAsync(4_999);
    expect(socket.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await closed).toMatch(/^HTTP\/1.1 404 /);
  });

  it("has limits that do what they say: whole requests 30 s, headers 10 s, looked at every second", async () => {
    const { server } = await serve();
    const { requestTimeout, headersTimeout, maxConnections } = server.server;
    expect({ requestTimeout, headersTimeout, maxConnections }).toStrictEqual({
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      maxConnections: maximumConnections,
    });
    expect(defaultLimits.http.connectionsCheckingInterval).toBe(1_000);
  });

  it.each([
    [
      "its body",
      "POST /telegram/update HTTP/1.1\r\nhost: a\r\nx-telegram-bot-api-secret-token: the-secret\r\ncontent-length: 9\r\n\r\nh",
    ],
    ["its headers", "POST /telegram/update HTTP/1.1\r\nhost: a\r\n"],
    ["anything", ""],
  ])("cuts a caller who never ends %s", async (_what, words) => {
    const limits = {
      requestTimeout: 400,
      http: { requestTimeout: 400, headersTimeout: 200, connectionsCheckingInterval: 50 },
    };
    const { server } = await serve({ limits, updates: updateEndpoint(mode, () => okAsync("new")) });
    const { closed } = await say(server, words);
    expect(await closed).toMatch(/^(?:HTTP\/1.1 408 .*)?$/s);
  });

  /** What stands in settings, and what callers and proxies make of it. */
  it.each([
    ["https://bot.example", ["", ""]],
    ["https://bot.example/a%20b", ["/a%20b", ""]],
    ["https://bot.example/a b", ["/a%20b", ""]],
    ["https://bot.example/бот", ["/%D0%B1%D0%BE%D1%82", "/%d0%b1%d0%be%d1%82"]],
    ["https://bot.example/%d0%b1%d0%be%d1%82", ["/%D0%B1%D0%BE%D1%82"]],
    ["https://bot.example/a%2Fb", ["/a%2Fb", "/a%2fb", ""]],
    ["https://bot.example/100%25", ["/100%25"]],
    ["https://bot.example/a/", ["/a", ""]],
    ["https://bot.example/a//", ["/a", ""]],
    ["https://bot.example/a//b", ["/a//b", "/a/b"]],
    ["https://bot.example/a/../b/./c", ["/b/c"]],
    ["https://bot.example/a;b=c/:id/*", ["/a;b=c/:id/*", "/a%3Bb%3dc/%3Aid/%2A"]],
    ["https://bot.example/(x)?".slice(0, -1), ["/(x)"]],
    ["https://bot.example/UPPER/lower", ["/UPPER/lower"]],
    ["https://BOT.example:443/a@b,c&d=e+f$", ["/a@b,c&d=e+f$"]],
    ["https://пример.рф/a", ["/a"]],
  ])("answers at the PUBLIC_URL %s, whatever a proxy leaves of its path", async (publicUrl, paths) => {
    const settings = readSettings({
      TELEGRAM_BOT_TOKEN: "42:the-token",
      FAL_KEY: "id:secret",
      PUBLIC_URL: publicUrl,
      PRIVACY_URL: "https://bot.example/privacy",
      WEBHOOK_SECRET: "0123456789abcdef0123456789abcdef",
      FAL_USER_ID: "user",
      TELEGRAM_MODE: "webhook",
      TELEGRAM_WEBHOOK_SECRET: "the-secret",
    })._unsafeUnwrap();
    const told = settings.telegram.mode;
    if (told.type === "polling") throw new Error("it is not in webhook mode");
    const received: unknown[] = [];
    const updates = updateEndpoint(told, (update) => {
      received.push(update);
      return okAsync("new");
    });
    const likeness = createLikeness(testPorts().ports);
    const { server } = await serve({ prefix: settings.http.prefix, webhooks: likeness.webhooks, updates });
    const asSent = new URL(told.url).href;
    expect(told.url).toBe(asSent);
    const post = async (path: string) => {
      const words = `POST ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-telegram-bot-api-secret-token: the-secret\r\ncontent-length: 15\r\n\r\n{"update_id":1}`;
      return (await (await say(server, words)).closed).slice(9, 12);
    };
    expect(await post(asSent.replace(/^https:\/\/[^/]*/, ""))).toBe("200");
    for (const path of paths) expect([path, await post(`${path}/telegram/update`)]).toStrictEqual([path, "200"]);
    expect(received).toHaveLength(paths.length + 1);

    const publicBase = settings.provider.reports?.publicUrl ?? "";
    const { address } = testPorts().ports.webhooks ?? {};
    const falUrl = ((await address?.urlFor("training-1")) ?? "").replace(/^.*(?=\/api\/v1)/, publicBase);
    // 401: the token is right, and there is no signature.
    expect(await post(new URL(falUrl).href.replace(/^https:\/\/[^/]*/, ""))).toBe("401");
  });

  it("has the operator's page where there is a token for it, also behind a proxy with a path", async () => {
    const token = "0123456789abcdef0123456789abcdef";
    const { operator: commands } = createLikeness(testPorts().ports);
    expect((await (await serve()).server.inject("/operator/")).statusCode).toBe(404);
    const endpoint = operatorEndpoint({ token, readOnly: false, origin: "https://bot.example" }, commands, silentLog);
    const { server, lines } = await serve({ prefix: "/bots", operator: endpoint });
    const first = await server.inject("/bots/operator");
    expect([first.statusCode, first.headers.location]).toStrictEqual([303, "operator/"]);
    expect((await server.inject("/bots/operator/orders/a?token=hush")).statusCode).toBe(401);
    const form = (more: Readonly<Record<string, string>>, payload: string) =>
      server.inject({
        method: "POST",
        url: "/bots/operator/sign-in",
        headers: { origin: "https://bot.example", "content-type": "application/x-www-form-urlencoded", ...more },
        payload,
      });
    const signedIn = await form({}, `name=olga&token=${token}`);
    expect(signedIn.statusCode).toBe(303);
    const cookie = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
    const { statusCode, body } = await server.inject({ url: "/operator/", headers: { cookie } });
    expect([statusCode, body]).toStrictEqual([200, expect.stringContaining("Nothing needs you")]);
    expect((await form({ origin: "https://evil.example" }, `name=olga&token=${token}`)).statusCode).toBe(403);
    expect((await form({ "content-type": "text/plain" }, "a")).statusCode).toBe(415);
    expect((await form({}, "a".repeat(100_000))).statusCode).toBe(413);
    expect((await server.inject({ method: "PUT", url: "/operator/", payload: {} })).statusCode).toBe(405);
    expect(JSON.stringify(lines)).not.toMatch(/hush|0123456789abcdef/);
  });

  it("has an operator's page that only shows where that is said", async () => {
    const token = "0123456789abcdef0123456789abcdef";
    const { operator: commands } = createLikeness(testPorts().ports);
    const endpoint = operatorEndpoint({ token, readOnly: true, origin: "https://bot.example" }, commands, silentLog);
    const { server } = await serve({ operator: endpoint });
    const send = (url: string, payload: string, cookie = "") =>
      server.inject({
        method: "POST",
        url,
        headers: { origin: "https://bot.example", "content-type": "application/x-www-form-urlencoded", cookie },
        payload,
      });
    const signedIn = await send("/operator/sign-in", `name=olga&token=${token}`);
    const cookie = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
    const { statusCode, body } = await send("/operator/do/cancel", "type=order&id=a", cookie);
    expect([statusCode, body]).toStrictEqual([403, expect.stringContaining("this page only shows")]);
  });

  it("keeps what only begins like the path of the public URL", async () => {
    const { server } = await serve({ prefix: "/bot" });
    const statuses = [];
    for (const url of ["/bot/health", "/bots/health", "/Bot/health", "/bot", "/bothealth", "/bot/bot/health"])
      statuses.push((await server.inject(url)).statusCode);
    expect(statuses).toStrictEqual([200, 404, 404, 404, 404, 404]);
  });

  it.each(["/nowhere?a=1", "//health?a=1", "/%zz?a=1", "/HEALTH"])(
    "says nothing about %s, which it does not know",
    async (url) => {
      const { server } = await serve();
      const { body } = await server.inject({ method: "POST", url, payload: { a: 1 } });
      expect(JSON.parse(body)).toStrictEqual({ error: url.includes("%zz") ? "address-unreadable" : "not-found" });
    },
  );

  it("shows nothing of requests that are malformed, at any level", async () => {
    const { server, lines } = await serve({
      webhooks: createLikeness(testPorts().ports).webhooks,
      updates: updateEndpoint(mode, () => okAsync("new")),
    });
    for (const words of [
      "POST /telegram/update HTTP/1.1\r\nbad header\r\nx-telegram-bot-api-secret-token: the-secret\r\n\r\n",
      "POST /api/v1/avatar/status_update?training=hush&token=hush HTTP/1.1\r\ncontent-length: x\r\n\r\n",
    ])
      await (
        await say(server, words)
      ).closed;
    await vi.waitFor(() => expect(lines.filter(({ msg }) => msg === "client error")).toHaveLength(2));
    const told = JSON.stringify(lines);
    const bytes = [...told.matchAll(/\[([\d,]+)\]/g)].map(([, list = ""]) =>
      String(Buffer.from(list.split(",").map(Number))),
    );
    expect(`${told}${bytes.join("")}`).not.toMatch(/the-secret|hush/);
  });

  it("logs routes for the curious, and never a URL", async () => {
    const { server, lines } = await serve();
    await server.inject("/health?token=hush");
    await server.inject("/nowhere?token=hush");
    expect(lines.filter(({ msg }) => msg === "a request was answered")).toMatchObject([
      { level: 20, method: "GET", route: "/health", statusCode: 200 },
      { level: 20, method: "GET", statusCode: 404 },
    ]);
    expect(JSON.stringify(lines)).not.toContain("hush");
  });

  it("logs mistakes in the program", async () => {
    const { server, lines } = await serveUpdates(() => {
      throw new Error("on purpose");
    });
    const answer = await server.inject({ method: "POST", url: "/telegram/update", headers, payload: { update_id: 7 } });
    expect(answer.statusCode).toBe(500);
    expect(lines).toContainEqual(expect.objectContaining({ level: 50, msg: "a request failed" }));
  });
});
