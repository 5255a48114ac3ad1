import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testServer } from "./test-server.ts";

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
});
