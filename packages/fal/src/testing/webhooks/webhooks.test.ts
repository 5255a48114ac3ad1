import { describe, expect, it, vi } from "vitest";
import { isGenuine } from "../__fixtures__/genuine.ts";
import { servedFake, type Bench } from "../__fixtures__/served-fake.ts";
import { silence } from "../__fixtures__/silence.ts";

const bodies = ({ receiver }: Bench): { request_id: string; status: string }[] =>
  receiver.received.map(({ body }) => JSON.parse(body.toString()));

const arrived = (bench: Bench, count: number): Promise<void> =>
  vi.waitFor(() => expect(bench.receiver.received).toHaveLength(count));

const attempts = ({ fake }: Bench): unknown[] =>
  fake.control.deliveries().map(({ attempt, answer }) => ({ attempt, answer }));

/** Waits until this many attempts were answered. */
const answered = (bench: Bench, count: number): Promise<void> =>
  vi.waitFor(() => expect(bench.fake.control.deliveries()).toHaveLength(count));

describe("the fal fake's webhooks", () => {
  it("announce a success once, signed with a published key for the account", async () => {
    const bench = await servedFake({ userId: "github|7" });
    const requestId = await bench.submitted("/hook?token=1");
    await bench.clock.advance(110);
    await answered(bench, 1);
    const [webhook] = bench.receiver.received;
    expect(webhook?.path).toBe("/hook?token=1");
    expect(webhook?.headers).toMatchObject({
      "content-type": "application/json",
      "x-fal-webhook-request-id": requestId,
      "x-fal-webhook-user-id": "github|7",
      "x-fal-webhook-timestamp": String(Date.parse(bench.clock.now()) / 1000),
    });
    expect(webhook && (await isGenuine(webhook, bench.url))).toBe(true);
    expect(JSON.parse(String(webhook?.body))).toMatchObject({
      request_id: requestId,
      gateway_request_id: requestId,
      status: "OK",
      payload: { diffusers_lora_file: { file_name: "pytorch_lora_weights.safetensors" } },
    });
    await bench.clock.advance(24 * 60 * 60);
    expect(attempts(bench)).toStrictEqual([{ attempt: 1, answer: 200 }]);
  });

  it.each([
    ["error", { status: "ERROR", error: "Invalid status code: 422", payload: { detail: [{ type: "value_error" }] } }],
    ["ok-without-payload", { status: "OK", payload: null, payload_error: expect.stringContaining("not JSON") }],
    ["error-without-payload", { status: "ERROR", payload: null, payload_error: expect.stringContaining("not JSON") }],
  ] as const)("announce the outcome %s as fal does", async (outcome, expected) => {
    const bench = await servedFake();
    bench.fake.control.next({ outcome });
    await bench.submitted();
    await bench.clock.advance(110);
    await arrived(bench, 1);
    expect(bodies(bench)).toMatchObject([expected]);
  });

  it("can be read again from the queue when the payload was left out", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ outcome: "ok-without-payload" });
    const { response_url } = await (await bench.submit()).json();
    await bench.clock.advance(110);
    const answer = await fetch(response_url, { headers: { authorization: "Key fake-id:fake-secret" } });
    expect(await answer.json()).toHaveProperty("diffusers_lora_file");
  });

  it("are tried again with growing pauses, each time with a fresh signature, until they are taken", async () => {
    const bench = await servedFake();
    bench.receiver.answers.push(503, 401, 500);
    await bench.submitted();
    await bench.clock.advance(110);
    await answered(bench, 1);
    for (const [index, pause] of [1, 2, 4].entries()) {
      await bench.clock.advance(pause - 0.5);
      expect(bench.receiver.received).toHaveLength(index + 1);
      await bench.clock.advance(0.5);
      await answered(bench, index + 2);
    }
    expect(attempts(bench)).toStrictEqual([
      { attempt: 1, answer: 503 },
      { attempt: 2, answer: 401 },
      { attempt: 3, answer: 500 },
      { attempt: 4, answer: 200 },
    ]);
    const stamps = bench.receiver.received.map(({ headers }) => Number(headers["x-fal-webhook-timestamp"]));
    expect(stamps.map((stamp) => stamp - (stamps[0] ?? 0))).toStrictEqual([0, 1, 3, 7]);
    for (const webhook of bench.receiver.received) expect(await isGenuine(webhook, bench.url)).toBe(true);
  });

  it("give up after 31 retries", async () => {
    const bench = await servedFake({ deliver: async () => new Response(null, { status: 500 }) });
    await bench.submitted();
    await bench.clock.advance(110 + 2 * 60 * 60);
    expect(bench.fake.control.deliveries().map(({ attempt }) => attempt)).toStrictEqual(
      Array.from({ length: 32 }, (_, index) => index + 1),
    );
  });

  it("give up when the result expires", async () => {
    const bench = await servedFake({ deliver: silence });
    await bench.submitted();
    await bench.clock.advance(110 + 2 * 60 * 60);
    const deliveries = bench.fake.control.deliveries();
    expect(deliveries.length).toBeLessThan(32);
    const moments = deliveries.map(({ at }) => Date.parse(at));
    expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(60 * 60 * 1000);
  });

  it("give up after six minutes when they weigh 10 KB", async () => {
    const bench = await servedFake({ deliver: async () => new Response(null, { status: 500 }) });
    bench.fake.control.next({ outcome: "never" });
    const requestId = await bench.submitted();
    const start = Date.parse(bench.clock.now());
    await bench.fake.control.send(requestId, "x".repeat(10_000));
    await bench.clock.advance(60 * 60);
    const seconds = bench.fake.control.deliveries().map(({ at }) => (Date.parse(at) - start) / 1000);
    expect(seconds).toStrictEqual([0, 1, 3, 7, 15, 31, 63, 127, 247]);
  });

  it("time out after 15 seconds at first and after 120 later", async () => {
    const bench = await servedFake({ deliver: silence });
    await bench.submitted();
    await bench.clock.advance(110 + 14);
    expect(attempts(bench)).toStrictEqual([]);
    await bench.clock.advance(1);
    expect(attempts(bench)).toStrictEqual([{ attempt: 1, answer: "timeout" }]);
    await bench.clock.advance(1 + 119);
    expect(attempts(bench)).toHaveLength(1);
    await bench.clock.advance(1);
    expect(attempts(bench)).toStrictEqual([
      { attempt: 1, answer: "timeout" },
      { attempt: 2, answer: "timeout" },
    ]);
  });

  it("are tried again when no receiver is there", async () => {
    const bench = await servedFake();
    await bench.submitted();
    await bench.receiver.close();
    await bench.clock.advance(110);
    await answered(bench, 1);
    await bench.clock.advance(1);
    await answered(bench, 2);
    expect(attempts(bench)).toStrictEqual([
      { attempt: 1, answer: "unreachable" },
      { attempt: 2, answer: "unreachable" },
    ]);
  });

  it("are lost for good on a redirect, which is not followed", async () => {
    const bench = await servedFake();
    bench.receiver.answers.push(302);
    await bench.submitted();
    await bench.clock.advance(110);
    await answered(bench, 1);
    await bench.clock.advance(2 * 60 * 60);
    expect(attempts(bench)).toStrictEqual([{ attempt: 1, answer: 302 }]);
    expect(bench.receiver.received.map(({ path }) => path)).toStrictEqual(["/hook"]);
  });

  it("never leave when they are lost", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: "lost" });
    await bench.submitted();
    await bench.clock.advance(2 * 60 * 60);
    expect(attempts(bench)).toStrictEqual([]);
  });

  it.each([false, true])("come as often as they are told to, with the same bytes (parallel: %s)", async (parallel) => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: { repeat: 20, parallel } });
    await bench.submitted();
    await bench.clock.advance(110);
    await answered(bench, 20);
    expect(new Set(bench.receiver.received.map(({ body }) => body.toString())).size).toBe(1);
  });

  it("come late when they are told to", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: { late: 60 } });
    await bench.submitted();
    await bench.clock.advance(110 + 59);
    expect(bench.receiver.received).toStrictEqual([]);
    await bench.clock.advance(1);
    await arrived(bench, 1);
  });

  it("can arrive before the submit is answered", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: "before-answer" });
    const requestId = await bench.submitted();
    expect(bodies(bench)).toMatchObject([{ request_id: requestId, status: "OK" }]);
  });

  it("can be genuine and yet unreadable", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: "garbled" });
    await bench.submitted();
    await bench.clock.advance(110);
    await arrived(bench, 1);
    const [webhook] = bench.receiver.received;
    expect(webhook && (await isGenuine(webhook, bench.url))).toBe(true);
    expect(() => bodies(bench)).toThrow(SyntaxError);
  });

  it("wait while they are held, and leave in the order of their release", async () => {
    const bench = await servedFake();
    bench.fake.control.always({ webhook: "held" });
    const [first, second, third] = [await bench.submitted(), await bench.submitted(), await bench.submitted()];
    await bench.clock.advance(110);
    expect(bench.receiver.received).toStrictEqual([]);
    await bench.fake.control.release([third, first]);
    expect(bodies(bench).map(({ request_id }) => request_id)).toStrictEqual([third, first]);
    await bench.fake.control.release();
    expect(bodies(bench).map(({ request_id }) => request_id)).toStrictEqual([third, first, second]);
    await expect(bench.fake.control.release([first])).rejects.toThrow("is held");
  });

  it("do not leave a fake that was closed", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.fake.close();
    await bench.clock.advance(1000);
    expect(await bench.fake.control.deliverAgain(requestId)).toBe("unreachable");
    expect(bench.receiver.received).toStrictEqual([]);
  });

  it("are written so that parsing and writing them again changes their bytes", async () => {
    const bench = await servedFake();
    await bench.submitted();
    await bench.clock.advance(110);
    await arrived(bench, 1);
    const text = String(bench.receiver.received[0]?.body);
    expect(JSON.stringify(JSON.parse(text))).not.toBe(text);
  });
});
