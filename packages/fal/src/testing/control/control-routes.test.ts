import { describe, expect, it } from "vitest";
import { servedFake, type Bench } from "../__fixtures__/served-fake.ts";

const command = async ({ url }: Bench, name: string, body?: unknown): Promise<[number, unknown]> => {
  const init = { method: "POST", body: body === undefined ? "" : JSON.stringify(body) };
  const answer = await fetch(`${url}/_control/${name}`, init);
  return [answer.status, await answer.json()];
};

const view = async ({ url }: Bench, name: string): Promise<unknown> => (await fetch(`${url}/_control/${name}`)).json();

const done = [200, { ok: true }];

describe("the fal fake's control over HTTP", () => {
  it("steers submits", async () => {
    const bench = await servedFake();
    expect(await command(bench, "always", { submit: { status: 500 } })).toStrictEqual(done);
    expect(await command(bench, "next", { submit: { status: 429, retryAfter: 3 } })).toStrictEqual(done);
    expect([(await bench.submit()).status, (await bench.submit()).status]).toStrictEqual([429, 500]);
  });

  it("steers a request from its start to its webhooks", async () => {
    const bench = await servedFake();
    await command(bench, "next", { outcome: "never", webhook: "held" });
    const requestId = await bench.submitted("/hook?token=1");
    expect(await command(bench, "set-progress", { requestId, step: 7, logs: ["x"] })).toStrictEqual(done);
    expect(await command(bench, "finish", { requestId, outcome: "ok" })).toStrictEqual(done);
    expect(await command(bench, "release")).toStrictEqual(done);
    expect(await command(bench, "deliver-again", { requestId })).toStrictEqual([200, { ok: true, answer: 200 }]);
    expect(await command(bench, "send", { requestId, body: { a: 1 } })).toStrictEqual([200, { ok: true, answer: 200 }]);
    bench.receiver.answers.push(404);
    expect(await command(bench, "forge", { requestId, kind: "bad-token" })).toStrictEqual([
      200,
      { ok: true, answer: 404 },
    ]);
    expect(await command(bench, "expire", { requestId })).toStrictEqual(done);
    expect(bench.receiver.received).toHaveLength(4);
  });

  it("steers the key set, the history and faults", async () => {
    const bench = await servedFake();
    const statusOf = async (path: string): Promise<number> => (await fetch(bench.url + path)).status;
    expect(await command(bench, "jwks", { state: "down" })).toStrictEqual(done);
    expect(await statusOf("/.well-known/jwks.json")).toBe(503);
    expect(await command(bench, "jwks", { state: "up" })).toStrictEqual(done);
    expect(await command(bench, "rotate")).toStrictEqual(done);
    expect(await command(bench, "history", { shows: "all" })).toStrictEqual(done);
    expect(await command(bench, "fault", { on: "jwks", fault: { status: 500 }, times: 1 })).toStrictEqual(done);
    expect([await statusOf("/.well-known/jwks.json"), await statusOf("/.well-known/jwks.json")]).toStrictEqual([
      500, 200,
    ]);
  });

  it("shows what came in and what went out, itself excepted", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await command(bench, "finish", { requestId });
    expect(await view(bench, "accepted")).toMatchObject({ accepted: [{ requestId, status: "COMPLETED" }] });
    expect(await view(bench, "deliveries")).toMatchObject({ deliveries: [{ requestId, attempt: 1, answer: 200 }] });
    expect(await view(bench, "requests")).toMatchObject({
      requests: [
        { path: "/storage/upload/initiate", authorization: true },
        { method: "PUT", authorization: false },
        { method: "POST", authorization: true, body: { steps: 1000 } },
      ],
    });
  });

  it.each([
    ["next", { outcome: "perhaps" }, "outcome"],
    ["next", { unknown: 1 }, "unknown"],
    ["always", { submit: { status: 200 } }, "submit"],
    ["always", { webhook: { repeat: 0 } }, "webhook"],
    ["finish", {}, "requestId"],
    ["finish", { requestId: "nobody" }, "No request nobody"],
    ["forge", { requestId: "nobody", kind: "politely" }, "kind"],
    ["jwks", { state: "sideways" }, "state"],
    ["fault", { on: "lunch", fault: "drop" }, "on"],
    ["release", { requestIds: ["nobody"] }, "nobody"],
  ])("answers bad input to %s with 400 and the reason: %o", async (name, body, reason) => {
    const bench = await servedFake();
    expect(await command(bench, name, body)).toStrictEqual([400, { error: expect.stringContaining(reason) }]);
  });

  it("answers what is no JSON with 400 and what is no command with 404", async () => {
    const bench = await servedFake();
    const garbage = await fetch(`${bench.url}/_control/next`, { method: "POST", body: "{" });
    expect(garbage.status).toBe(400);
    expect(await command(bench, "dance", {})).toStrictEqual([404, { error: "There is no POST /_control/dance" }]);
    expect((await fetch(`${bench.url}/_control/finish`)).status).toBe(404);
  });
});
