import { describe, expect, it } from "vitest";
import { falClientFor } from "../__fixtures__/fal-client.ts";
import { photoArchive } from "../__fixtures__/photo-archive.ts";
import { servedFake, trainer, type Bench } from "../__fixtures__/served-fake.ts";
import type { FalFakeActivity } from "./activities.ts";

function watched({ fake }: Bench): { seen: FalFakeActivity[]; stop: () => void } {
  const seen: FalFakeActivity[] = [];
  return { seen, stop: fake.control.subscribe((activity) => seen.push(activity)) };
}

const lines = (seen: readonly FalFakeActivity[]): string[] =>
  seen.map((activity) =>
    activity.type === "request"
      ? `${activity.method} ${activity.status ?? "reset"} ${activity.description}`
      : `webhook ${activity.attempt} ${activity.answer}`,
  );

describe("the activities of a fal fake", () => {
  it("tell a whole training", async () => {
    const bench = await servedFake();
    const { seen } = watched(bench);
    const fal = falClientFor(bench.url);
    const images_data_url = await fal.storage.upload(await photoArchive());
    const webhookUrl = `${bench.receiver.url}/hook`;
    const input = { images_data_url, steps: 500 };
    const { request_id: requestId } = await fal.queue.submit(trainer, { input, webhookUrl });
    await fal.queue.status(trainer, { requestId });
    bench.receiver.answers.push(503);
    await bench.fake.control.finish(requestId);
    await bench.clock.advance(1);
    await expect.poll(() => bench.receiver.received.length).toBe(2);
    await fetch(`${bench.url}/.well-known/jwks.json`);
    const { data } = await fal.queue.result(trainer, { requestId });
    await fetch(data.diffusers_lora_file.url);
    expect(lines(seen)).toStrictEqual([
      "POST 200 upload photos.zip",
      "PUT 200 upload the bytes",
      `POST 200 submit ${trainer}, 500 steps`,
      "GET 202 status",
      "webhook 1 503",
      "webhook 2 200",
      "GET 200 key set",
      "GET 200 result",
      "GET 200 download pytorch_lora_weights.safetensors",
    ]);
  });

  it("hold what a request and a webhook were, but no token and no key", async () => {
    const bench = await servedFake();
    const { seen } = watched(bench);
    const requestId = await bench.submitted("/hook?token=secret#fragment");
    await bench.fake.control.finish(requestId);
    const at = bench.clock.now();
    expect(seen).toStrictEqual([
      {
        type: "request",
        at,
        method: "POST",
        path: `/${trainer}`,
        status: 200,
        requestId,
        description: `submit ${trainer}, 1000 steps`,
        body: { images_data_url: expect.any(String), steps: 1000 },
      },
      {
        type: "webhook",
        at,
        requestId,
        attempt: 1,
        answer: 200,
        url: `${bench.receiver.url}/hook`,
        body: String(bench.receiver.received[0]?.body),
      },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/secret/);
  });

  it("include what was refused, reset or no request of fal's, and leave out the control", async () => {
    const bench = await servedFake();
    const { seen } = watched(bench);
    await bench.submit("/hook", { headers: { authorization: "Key wrong" } });
    bench.fake.control.next({ submit: "drop-after-accepting" });
    await expect(bench.submit()).rejects.toThrow("fetch failed");
    bench.fake.control.fault("jwks", { status: 503 });
    await fetch(`${bench.url}/.well-known/jwks.json`);
    await fetch(`${bench.url}/nothing`);
    await fetch(`${bench.url}/fal-ai/nothing`, { method: "POST", body: "{" });
    await fetch(`${bench.url}/_control/accepted`);
    expect(lines(seen)).toStrictEqual([
      `POST 401 submit ${trainer}, 1000 steps`,
      `POST reset submit ${trainer}, 1000 steps`,
      "GET 503 key set",
      "GET 404 unknown",
      "POST 401 submit fal-ai/nothing",
    ]);
    expect(seen.map((activity) => activity.requestId)).toStrictEqual(Array(5).fill(undefined));
  });

  it("are told until the listener unsubscribes", async () => {
    const bench = await servedFake();
    const [first, second] = [watched(bench), watched(bench)];
    first.stop();
    await fetch(`${bench.url}/.well-known/jwks.json`);
    expect([first.seen.length, second.seen.length]).toStrictEqual([0, 1]);
  });
});
