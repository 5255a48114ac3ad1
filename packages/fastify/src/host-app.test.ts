import { describe, expect, it } from "vitest";
import { testUseCases, testServer, tokenOf, webhookUrl } from "./test-server.ts";

/** A server with its own JSON route, error handler, 404 answer and catch-all, as a host would have them. */
async function hostWithPlugin() {
  const seenByHost: string[] = [];
  const { server, lines } = await testServer({ webhooks: testUseCases() });
  server.setErrorHandler((error: Error, request, reply) => {
    seenByHost.push(request.url);
    return reply.code(418).send({ mine: error.message });
  });
  server.setNotFoundHandler((request, reply) => {
    seenByHost.push(request.url);
    return reply.code(404).send({ mine: "nothing here" });
  });
  server.post("/orders", async (request) => ({ got: request.body }));
  server.get("/*", async (request) => {
    seenByHost.push(request.url);
    return { mine: "page" };
  });
  return { server, lines, seenByHost };
}

describe("a host app with the plugin", () => {
  it("keeps its JSON parser and its error handler", async () => {
    const { server } = await hostWithPlugin();
    const headers = { "content-type": "application/json" };
    const right = await server.inject({ method: "POST", url: "/orders", headers, payload: '{"a":1}' });
    const broken = await server.inject({ method: "POST", url: "/orders", headers, payload: '{"a":' });
    const foreign = await server.inject({
      method: "POST",
      url: "/orders",
      headers: { "content-type": "application/weird" },
      payload: "x",
    });
    expect([right.statusCode, right.json()]).toStrictEqual([200, { got: { a: 1 } }]);
    expect([broken.statusCode, foreign.statusCode]).toStrictEqual([418, 418]);
  });

  it("keeps its own query strings in its log", async () => {
    const { server, lines } = await hostWithPlugin();
    await server.inject({ method: "POST", url: "/orders?page=2", payload: { a: 1 } });
    expect(lines.join("")).toContain("/orders?page=2");
  });

  it("never sees a webhook request in its error handler, 404 answer or catch-all route", async () => {
    const { server, lines, seenByHost } = await hostWithPlugin();
    const url = await webhookUrl();
    const statuses = [
      (await server.inject({ method: "POST", url, payload: "no JSON" })).statusCode,
      (await server.inject({ method: "POST", url, payload: Buffer.alloc(2_000_000) })).statusCode,
      (await server.inject({ method: "GET", url })).statusCode,
      (await server.inject({ method: "OPTIONS", url })).statusCode,
      (await server.inject({ method: "PROPFIND" as "GET", url })).statusCode,
    ];
    expect(statuses).toStrictEqual([200, 413, 405, 405, 405]);
    expect(seenByHost).toStrictEqual([]);
    expect(lines.join("")).not.toContain(tokenOf(url));
    expect((await server.inject("/anything")).json()).toStrictEqual({ mine: "page" });
  });
});
