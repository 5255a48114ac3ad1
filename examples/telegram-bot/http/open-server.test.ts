import { once } from "node:events";
import { connect } from "node:net";
import { errAsync, okAsync } from "neverthrow";
import { pino } from "pino";
import type { ReceiveUpdate } from "@likeness/grammy";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { UpdateMode } from "../settings/settings.ts";
import { openServer, type ServerOptions } from "./open-server.ts";
import { updateEndpoint } from "./update-endpoint.ts";

const mode: UpdateMode = { type: "webhook", url: "https://bot.example/telegram/update", secretToken: "the-secret" };
const headers = { "x-telegram-bot-api-secret-token": "the-secret" };

/** A server that listens, and what it logged. */
async function serve(more: Partial<ServerOptions> = {}) {
  const lines: { readonly level: number; readonly msg: string }[] = [];
  const log = pino({ level: "debug" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const server = await openServer({ host: "127.0.0.1", port: 0, prefix: "", log, ...more });
  onTestFinished(() => server.close());
  return { server, lines };
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
    const { server } = await serveUpdates((update) => {
      received.push(update);
      return outcome;
    });
    const answer = await server.inject({ method: "POST", url: "/telegram/update", headers, payload: { update_id: 7 } });
    expect({ status: answer.statusCode, body: answer.body, received }).toStrictEqual({
      status,
      body: "",
      received: [{ update_id: 7 }],
    });
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

  it("closes after a while also on somebody who never ends a request", async () => {
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
