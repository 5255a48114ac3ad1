import { errAsync } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import {
  answerTo,
  connectionsOf,
  listeningServer,
  testUseCases,
  testServer,
  tokenOf,
  webhookUrl,
} from "./test-server.ts";

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
      const { server, lines } = await testServer({ webhooks: testUseCases(outcome) });
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
    const { server, lines, send } = await listeningServer({ webhooks: testUseCases() });
    const url = await webhookUrl();
    const sent = send(url, { "content-length": 1000 }).on("error", () => undefined);
    sent.write("half of it");
    await vi.waitFor(() => expect(lines.join("")).toContain("incoming request"));
    sent.destroy();
    await vi.waitFor(async () => expect(await connectionsOf(server)).toBe(0));
    expect(lines.join("")).not.toContain(tokenOf(url));
  });

  it("keeps the query to itself while the server is closing", async () => {
    const { server, lines, send } = await listeningServer({ webhooks: testUseCases() });
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
      { webhooks: testUseCases() },
      { childLoggerFactory: (logger, bindings, options) => logger.child({ ...bindings, host: "mine" }, options) },
    );
    const url = await webhookUrl();
    await server.inject({ method: "POST", url, payload: "{}" });
    expect(lines.filter((line) => line.includes('"host":"mine"'))).not.toHaveLength(0);
    expect(lines.join("")).not.toContain(tokenOf(url));
  });
});
