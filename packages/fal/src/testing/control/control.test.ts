import { describe, expect, it } from "vitest";
import { falClientFor } from "../__fixtures__/fal-client.ts";
import { isGenuine } from "../__fixtures__/genuine.ts";
import { servedFake, trainer, type Bench } from "../__fixtures__/served-fake.ts";

interface Status {
  readonly status: string;
  readonly queue_position?: number;
  readonly logs?: readonly { readonly message: string }[] | null;
}

const asked = ({ url }: Bench, path: string): Promise<Response> =>
  fetch(`${url}/${trainer}/requests/${path}`, { headers: { authorization: "Key fake-id:fake-secret" } });

const statusOf = async (bench: Bench, requestId: string): Promise<Status> =>
  (await asked(bench, `${requestId}/status?logs=1`)).json();

const lastLog = ({ logs }: Status): string | undefined => logs?.at(-1)?.message;

describe("the fal fake's control", () => {
  it("finishes a training at once, one that would never end too", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ outcome: "never" });
    const requestId = await bench.submitted();
    await bench.clock.advance(100_000);
    expect(await statusOf(bench, requestId)).toMatchObject({ status: "IN_PROGRESS" });
    await bench.fake.control.finish(requestId);
    expect(await statusOf(bench, requestId)).toMatchObject({ status: "COMPLETED" });
    expect(bench.receiver.received).toHaveLength(1);
  });

  it("finishes a training with another outcome than it had before it", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.fake.control.finish(requestId, "error");
    expect((await asked(bench, requestId)).status).toBe(422);
    await bench.clock.advance(200);
    expect(bench.receiver.received.map(({ body }) => JSON.parse(String(body)).status)).toStrictEqual(["ERROR"]);
  });

  it("counts a queue position down while the request waits", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ queuePosition: 5 });
    const requestId = await bench.submitted();
    const seen: (number | undefined)[] = [];
    for (let count = 0; count < 5; count++) {
      seen.push((await statusOf(bench, requestId)).queue_position);
      await bench.clock.advance(2);
    }
    expect(seen).toStrictEqual([5, 4, 3, 2, 1]);
    expect(await statusOf(bench, requestId)).toMatchObject({ status: "IN_PROGRESS" });
  });

  it("shows by default how many requests really wait", async () => {
    const bench = await servedFake();
    await bench.submitted();
    const second = await bench.submitted();
    expect(await statusOf(bench, second)).toMatchObject({ status: "IN_QUEUE", queue_position: 1 });
  });

  it("lets a request take as long as it is told to", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ queueSeconds: 2, trainingSeconds: 3 });
    const requestId = await bench.submitted();
    await bench.clock.advance(4);
    expect(await statusOf(bench, requestId)).toMatchObject({ status: "IN_PROGRESS" });
    await bench.clock.advance(1);
    expect(await statusOf(bench, requestId)).toMatchObject({ status: "COMPLETED" });
  });

  it("holds the progress at a step and adds lines to the log", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    bench.fake.control.setProgress(requestId, 123);
    expect(lastLog(await statusOf(bench, requestId))).toBe("step 123/1000");
    await bench.clock.advance(50);
    expect(lastLog(await statusOf(bench, requestId))).toBe("step 123/1000");
    bench.fake.control.setProgress(requestId, 123, ["37%|###   |"]);
    expect(lastLog(await statusOf(bench, requestId))).toBe("37%|###   |");
    expect(() => bench.fake.control.setProgress(requestId, 1001)).toThrow("1000 steps");
  });

  it("keeps every line of the log that was seen", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.clock.advance(31);
    const earlier = (await statusOf(bench, requestId)).logs ?? [];
    await bench.clock.advance(50);
    const later = (await statusOf(bench, requestId)).logs ?? [];
    expect(earlier).toHaveLength(23);
    expect(later.slice(0, earlier.length)).toStrictEqual(earlier);
    expect(later.length).toBeGreaterThan(earlier.length);
  });

  it("forgets a result but not that it was there", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.fake.control.finish(requestId);
    bench.fake.control.expire(requestId);
    expect((await asked(bench, requestId)).status).toBe(404);
    expect(await statusOf(bench, requestId)).toMatchObject({ status: "COMPLETED" });
  });

  it("delivers a webhook again with the same bytes, or with another outcome", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.fake.control.finish(requestId);
    expect(await bench.fake.control.deliverAgain(requestId)).toBe(200);
    expect(await bench.fake.control.deliverAgain(requestId, "error")).toBe(200);
    const [first, second, third] = bench.receiver.received.map(({ body }) => body.toString());
    expect(second).toBe(first);
    expect(JSON.parse(String(third))).toMatchObject({ request_id: requestId, status: "ERROR" });
  });

  it("sends any body as a genuine webhook", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    const progress = { request_id: requestId, status: "IN_PROGRESS" };
    expect(await bench.fake.control.send(requestId, progress)).toBe(200);
    const [webhook] = bench.receiver.received;
    expect(JSON.parse(String(webhook?.body))).toStrictEqual(progress);
    expect(webhook && (await isGenuine(webhook, bench.url))).toBe(true);
  });

  it("makes a route fail as often as it is told to", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    bench.fake.control.fault("status", { status: 503 }, 2);
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++) statuses.push((await asked(bench, `${requestId}/status`)).status);
    expect(statuses).toStrictEqual([503, 503, 202]);
    bench.fake.control.fault("upload-initiate", { status: 403 });
    await expect(falClientFor(bench.url).storage.upload(new File(["x"], "x.zip"))).rejects.toMatchObject({
      status: 403,
    });
    bench.fake.control.fault("upload-bytes", "drop");
    await expect(falClientFor(bench.url).storage.upload(new File(["x"], "x.zip"))).rejects.toThrow("fetch failed");
  });

  it("knows no request that it did not accept", async () => {
    const { fake } = await servedFake();
    await expect(fake.control.finish("nobody")).rejects.toThrow("No request nobody");
    expect(() => fake.control.expire("nobody")).toThrow("No request nobody");
  });
});
