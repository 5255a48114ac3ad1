import { testClock, type TestClock } from "@likeness/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { falFake, type FalFake } from "./fal-fake.ts";
import { falClientFor } from "./fixtures/fal-client.ts";
import { photoArchive } from "./fixtures/photo-archive.ts";
import { serveFalFake, type ServedFalFake } from "./serve-fal-fake.ts";

const trainer = "fal-ai/flux-lora-fast-training";

describe("the fal fake, as the real client sees it over HTTP", () => {
  let clock: TestClock;
  let fake: FalFake;
  let server: ServedFalFake;

  beforeEach(async () => {
    clock = testClock();
    fake = falFake({ clock, queueSeconds: 10, trainingSeconds: 100 });
    server = await serveFalFake(fake);
  });

  afterEach(async () => {
    await server.close();
    await fake.close();
  });

  const submitTraining = async (input: object = {}): Promise<string> => {
    const fal = falClientFor(server.url);
    const images_data_url = await fal.storage.upload(await photoArchive());
    const { request_id } = await fal.queue.submit(trainer, { input: { images_data_url, steps: 1000, ...input } });
    return request_id;
  };

  it("takes a training from upload to weights", async () => {
    const fal = falClientFor(server.url);
    const requestId = await submitTraining();
    expect(await fal.queue.status(trainer, { requestId })).toMatchObject({ status: "IN_QUEUE", queue_position: 0 });

    await clock.advance(10 + 12);
    const running = await fal.queue.status(trainer, { requestId, logs: true });
    expect(running).toMatchObject({ status: "IN_PROGRESS" });
    expect("logs" in running ? running.logs.at(-1)?.message : undefined).toBe("step 120/1000");

    await clock.advance(88);
    expect(await fal.queue.status(trainer, { requestId })).toMatchObject({
      status: "COMPLETED",
      metrics: { inference_time: 100 },
    });

    const { data } = await fal.queue.result(trainer, { requestId });
    const weights = new Uint8Array(await (await fetch(data.diffusers_lora_file.url)).arrayBuffer());
    expect(weights.byteLength).toBe(data.diffusers_lora_file.file_size);
    const headerLength = Number(new DataView(weights.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(weights.subarray(8, 8 + headerLength)));
    expect(header["transformer.lora_A.weight"].data_offsets[1]).toBe(weights.byteLength - 8 - headerLength);
    expect(await (await fetch(data.config_file.url)).json()).toMatchObject({ steps: 1000 });
  });
});
