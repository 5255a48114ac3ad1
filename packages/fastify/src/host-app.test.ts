import { webhookPath } from "@likeness/core";
import fastify from "fastify";
import { describe, expect, it } from "vitest";
import likeness from "./index.ts";
import { testCommands, testServer, tokenOf, webhookUrl } from "./__fixtures__/test-server.ts";

/** A server with its own JSON route, error handler, 404 answer and catch-all, as a host would have them. */
async function hostWithPlugin() {
  const seenByHost: string[] = [];
  const { server, lines } = await testServer({ webhooks: testCommands() });
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

const post = async (url: string) => ({ method: "POST", url, payload: "{}" }) as const;

describe("the plugin in a host app", () => {
  it("may be registered more than once, at prefixes of its own", async () => {
    const server = fastify();
    const webhooks = [testCommands(), testCommands()] as const;
    await server.register(likeness, { webhooks: webhooks[0] });
    await server.register(likeness, { webhooks: webhooks[1], prefix: "/second", probes: false });
    const url = await webhookUrl();
    for (const prefix of ["", "/second", "/second"])
      expect((await server.inject(await post(`${prefix}${url}`))).statusCode).toBe(200);
    expect(webhooks.map(({ received }) => received.length)).toStrictEqual([1, 2]);
    expect((await server.inject("/second/health")).statusCode).toBe(404);
  });

  it("stands below the prefix of the scope that it is registered in, and keeps to it", async () => {
    const server = fastify();
    server.get("/health", async () => ({ mine: true }));
    await server.register(
      async (scope) => {
        await scope.register(likeness, { webhooks: testCommands() });
      },
      { prefix: "/inner" },
    );
    const url = await webhookUrl();
    expect((await server.inject(await post(`/inner${url}`))).statusCode).toBe(200);
    expect((await server.inject("/inner/ready")).statusCode).toBe(200);
    expect((await server.inject("/health")).json()).toStrictEqual({ mine: true });
    expect((await server.inject(await post(url))).statusCode).toBe(404);
  });

  it("leaves the host's 404 answer alone also when its endpoint is the root", async () => {
    const server = fastify();
    server.setNotFoundHandler((_request, reply) => reply.code(404).send({ mine: "nothing here" }));
    await server.register(likeness, { webhooks: testCommands(), path: "/" });
    const url = await webhookUrl();
    expect((await server.inject(await post(url.replace(webhookPath, "/")))).statusCode).toBe(200);
    expect((await server.inject("/anything")).json()).toStrictEqual({ mine: "nothing here" });
  });

  it.each([{ ignoreTrailingSlash: true }, { ignoreDuplicateSlashes: true }, { caseSensitive: false }])(
    "works with a router that goes by %j",
    async (routerOptions) => {
      const server = fastify({ routerOptions });
      await server.register(likeness, { webhooks: testCommands(), prefix: "/bot/" });
      const url = await webhookUrl();
      expect((await server.inject(await post(`/bot${url}`))).statusCode).toBe(200);
      expect((await server.inject("/bot/ready")).statusCode).toBe(200);
    },
  );

  it.each([
    ["/a%20b", "/a%20b"],
    ["/a b", "/a%20b"],
    ["/b%C3%B6t", "/b%c3%b6t"],
    ["/böt", "/b%C3%B6t"],
    ["/100%25", "/100%25"],
    ["/a;b=c", "/a;b=c"],
    ["/UPPER", "/UPPER"],
    ["/bot/", "/bot"],
    ["/bot//", "/bot"],
    ["/a:b", "/a:b"],
    ["/~a.b(c)!$&'+,@", "/~a.b(c)!$&'+,@"],
  ])("answers below the prefix %s", async (prefix, requested) => {
    const server = fastify();
    await server.register(likeness, { webhooks: testCommands(), prefix });
    const url = await webhookUrl();
    expect((await server.inject(await post(`${requested}${url}`))).statusCode).toBe(200);
    expect((await server.inject(`${requested}/ready`)).statusCode).toBe(200);
  });

  it.each([
    ["/a%2Fb", "cannot be a route"],
    ["/a%3fb", "cannot be a route"],
    ["/a%zz", "URI malformed"],
    ["/a*b", "Wildcard must be the last character"],
  ])("refuses the prefix %s, which no route could answer", async (prefix, problem) => {
    await expect(async () => fastify().register(likeness, { webhooks: testCommands(), prefix })).rejects.toThrow(
      problem,
    );
  });
});
