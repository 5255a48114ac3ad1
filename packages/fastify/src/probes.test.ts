import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import fastify from "fastify";
import likeness from "./index.ts";
import { testServer, testCommands, webhookUrl } from "./__fixtures__/test-server.ts";

describe("probes", () => {
  it("are fine as long as the process lives and nothing is to be checked", async () => {
    const { server } = await testServer({});
    const [health, ready] = [await server.inject("/health"), await server.inject("/ready")];
    expect([health.statusCode, health.json()]).toStrictEqual([200, { status: "ok" }]);
    expect([ready.statusCode, ready.json()]).toStrictEqual([200, { status: "ready", checks: {} }]);
  });

  it("name each check and answer 503 while one fails, and 200 again afterwards", async () => {
    const database = { up: false };
    const { server, lines } = await testServer({
      checks: {
        database: () => (database.up ? okAsync(1) : errAsync({ type: "storage-failure", cause: "no route" })),
        queue: () => okAsync(undefined),
      },
    });
    const down = await server.inject("/ready");
    const checks = { database: "failed", queue: "ok" };
    expect([down.statusCode, down.json()]).toStrictEqual([503, { status: "not-ready", checks }]);
    expect((await server.inject("/health")).statusCode).toBe(200);
    expect(lines.filter((line) => line.includes("no route"))).toHaveLength(1);
    database.up = true;
    const up = await server.inject("/ready");
    expect([up.statusCode, up.json()]).toStrictEqual([
      200,
      { status: "ready", checks: { database: "ok", queue: "ok" } },
    ]);
  });

  it("log a check once for each change, and no warning of a start and an end", async () => {
    let error: unknown = { type: "starting" };
    const { server, lines } = await testServer({
      checks: { queue: () => (error === undefined ? okAsync(undefined) : errAsync(error)) },
    });
    const failures = [{ type: "starting" }, undefined, { type: "storage-failure" }, new Error("odd"), undefined];
    for (const failure of [...failures, { type: "ending" }]) {
      error = failure;
      for (let times = 0; times < 3; times += 1) await server.inject("/ready");
    }
    const said = lines
      .map((line): { level: number; msg: string } => JSON.parse(line))
      .filter(({ msg }) => msg.includes("ready"));
    expect(said.map(({ level, msg }) => [level, msg])).toStrictEqual([
      [30, "not ready"],
      [30, "ready again"],
      [40, "not ready"],
      [40, "not ready"],
      [30, "ready again"],
      [30, "not ready"],
    ]);
  });

  it("count a check that throws as failed", async () => {
    const { server } = await testServer({
      checks: {
        migrations: () => {
          throw new Error("no such table");
        },
      },
    });
    const response = await server.inject("/ready");
    expect([response.statusCode, response.json()]).toStrictEqual([
      503,
      { status: "not-ready", checks: { migrations: "failed" } },
    ]);
  });

  it.each([
    [false, { "/health": 404, "/ready": 404 }],
    [{ health: "/live" }, { "/live": 200, "/ready": 200, "/health": 404 }],
    [
      { health: "/probes/a%20b", ready: "/probes/ready" },
      { "/probes/a%20b": 200, "/probes/ready": 200, "/ready": 404 },
    ],
    [
      { health: "live/", ready: false },
      { "/live": 200, "/ready": 404, "/health": 404 },
    ],
    [{ ready: false }, { "/health": 200, "/ready": 404 }],
    [{}, { "/health": 200, "/ready": 200 }],
    [undefined, { "/health": 200, "/ready": 200 }],
  ] as const)("answer where they are told to: %j", async (probes, statuses) => {
    const { server } = await testServer({ probes });
    for (const [url, status] of Object.entries(statuses))
      expect([url, (await server.inject(url)).statusCode]).toStrictEqual([url, status]);
  });

  it("leave a host's own probes alone when they are switched off", async () => {
    const server = fastify();
    server.get("/health", async () => ({ mine: true }));
    await server.register(likeness, { webhooks: testCommands(), probes: false });
    server.all("/ready", async () => ({ mine: true }));
    for (const url of ["/health", "/ready"]) expect((await server.inject(url)).json()).toStrictEqual({ mine: true });
    expect((await server.inject({ method: "POST", url: await webhookUrl(), payload: "{}" })).statusCode).toBe(200);
  });

  it.each([
    [{}, "GET /health is there already: give the option probes another path, or false for none"],
    [{ prefix: "/bot" }, "GET /bot/ready is there already: give the option probes another path, or false for none"],
  ])("say how to go on beside a host's own: %j", async (options, problem) => {
    const server = fastify();
    for (const url of ["/health", "/bot/ready"]) server.get(url, async () => ({ mine: true }));
    await expect(async () => server.register(likeness, options)).rejects.toThrow(problem);
  });

  it("answer HEAD, as Fastify does for every GET", async () => {
    const { server } = await testServer({});
    expect((await server.inject({ method: "HEAD", url: "/ready" })).statusCode).toBe(200);
  });
});
