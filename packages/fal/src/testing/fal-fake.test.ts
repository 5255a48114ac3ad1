import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError, ValidationError } from "@fal-ai/client";
import { describe, expect, it, onTestFinished } from "vitest";
import { aPicture } from "./__fixtures__/a-picture.ts";
import { falClientFor } from "./__fixtures__/fal-client.ts";
import { jpeg, photoArchive } from "./__fixtures__/photo-archive.ts";
import { servedFake, trainer } from "./__fixtures__/served-fake.ts";

describe("the fal fake, seen by the unmodified client over HTTP", () => {
  it("takes a training from its upload to its weights", async () => {
    const { clock, url } = await servedFake();
    const fal = falClientFor(url);
    const images_data_url = await fal.storage.upload(await photoArchive());
    const submitted = await fal.queue.submit(trainer, { input: { images_data_url, steps: 1000 } });
    const requestId = submitted.request_id;
    expect(submitted).toStrictEqual({
      status: "IN_QUEUE",
      request_id: requestId,
      gateway_request_id: requestId,
      response_url: `${url}/${trainer}/requests/${requestId}`,
      status_url: `${url}/${trainer}/requests/${requestId}/status`,
      cancel_url: `${url}/${trainer}/requests/${requestId}/cancel`,
      queue_position: 0,
    });

    await clock.advance(10 + 12);
    const running = await fal.queue.status(trainer, { requestId, logs: true });
    expect(running).toMatchObject({ status: "IN_PROGRESS" });
    expect("logs" in running ? running.logs.at(-1)?.message : undefined).toBe("step 120/1000");

    await clock.advance(88);
    const completed = await fal.queue.status(trainer, { requestId });
    expect(completed).toMatchObject({ status: "COMPLETED", logs: null, metrics: { inference_time: 100 } });

    const result = await fal.queue.result(trainer, { requestId });
    expect(result.requestId).toBe(requestId);
    const { diffusers_lora_file: weights, config_file: config } = result.data;
    const bytes = new Uint8Array(await (await fetch(weights.url)).arrayBuffer());
    expect(bytes.byteLength).toBe(weights.file_size);
    const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, headerEnd)));
    expect(header["transformer.lora_A.weight"].data_offsets).toStrictEqual([0, bytes.byteLength - headerEnd]);
    expect(await (await fetch(config.url)).json()).toStrictEqual({ images_data_url, steps: 1000 });
  });

  it("answers the result of a failed training with its 422, though the status is COMPLETED", async () => {
    const { clock, fake, url, submitted } = await servedFake();
    const fal = falClientFor(url);
    fake.control.next({ outcome: "error" });
    const requestId = await submitted();
    await clock.advance(110);
    expect(await fal.queue.status(trainer, { requestId })).toMatchObject({
      status: "COMPLETED",
      error: "Invalid status code: 422",
      error_type: "bad_request",
    });
    const failure = await fal.queue.result(trainer, { requestId }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ValidationError);
    expect(failure).toMatchObject({ status: 422, body: { detail: [{ loc: ["body"], type: "value_error" }] } });
  });

  it.each([
    ["is missing", {}, "missing"],
    ["is no text", { images_data_url: 7 }, "string_type"],
    ["is not in its storage", { images_data_url: "https://example.com/photos.zip" }, "file_download_error"],
  ])("fails a training whose archive %s, once it is run", async (_name, input, type) => {
    const { clock, url, submit } = await servedFake();
    const { request_id: requestId } = await (await submit("/hook", { body: JSON.stringify(input) })).json();
    await clock.advance(10);
    await expect(falClientFor(url).queue.result(trainer, { requestId })).rejects.toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "images_data_url"], type }] },
    });
  });

  it.each([
    ["no zip", () => new File(["no zip"], "photos.zip"), "The file is not a valid zip archive"],
    ["a zip by another name", async () => renamed(await photoArchive()), "The file is not a valid zip archive"],
    ["without images", () => photoArchive({ "notes.txt": jpeg.subarray(3) }), "No images found in the archive"],
    ["only litter", () => photoArchive({ "__MACOSX/._photo.jpg": jpeg }), "No images found in the archive"],
  ])("fails a training whose archive is %s", async (_name, makeFile, msg) => {
    const { clock, url } = await servedFake();
    const fal = falClientFor(url);
    const images_data_url = await fal.storage.upload(await makeFile());
    const { request_id: requestId } = await fal.queue.submit(trainer, { input: { images_data_url } });
    await clock.advance(10);
    await expect(fal.queue.result(trainer, { requestId })).rejects.toMatchObject({ body: { detail: [{ msg }] } });
  });

  it("fails a training whose number of steps is out of range", async () => {
    const { clock, url } = await servedFake();
    const fal = falClientFor(url);
    const images_data_url = await fal.storage.upload(await photoArchive());
    const { request_id: requestId } = await fal.queue.submit(trainer, { input: { images_data_url, steps: 10_001 } });
    await clock.advance(10);
    await expect(fal.queue.result(trainer, { requestId })).rejects.toMatchObject({
      body: { detail: [{ loc: ["body", "steps"], type: "less_than_equal" }] },
    });
  });

  it("stops a cancelled training and does not announce it", async () => {
    const { clock, url, receiver, submitted } = await servedFake();
    const fal = falClientFor(url);
    const requestId = await submitted();
    await fal.queue.cancel(trainer, { requestId });
    await clock.advance(1000);
    await expect(fal.queue.result(trainer, { requestId })).rejects.toMatchObject({ status: 499 });
    await expect(fal.queue.cancel(trainer, { requestId })).rejects.toMatchObject({
      status: 400,
      body: { status: "ALREADY_COMPLETED" },
    });
    expect(receiver.received).toStrictEqual([]);
  });

  it("lets a training go on that ignores its cancellation", async () => {
    const { clock, fake, url, submitted } = await servedFake();
    const fal = falClientFor(url);
    fake.control.next({ cancel: "ignored" });
    const requestId = await submitted();
    await fal.queue.cancel(trainer, { requestId });
    await clock.advance(110);
    expect((await fal.queue.result(trainer, { requestId })).data).toHaveProperty("diffusers_lora_file");
  });

  it("refuses a wrong key, an unknown endpoint, an unknown request and a result before its time", async () => {
    const { url, submitted } = await servedFake();
    const fal = falClientFor(url);
    const requestId = await submitted();
    const stranger = falClientFor(url, "other:key");
    await expect(stranger.queue.submit(trainer, { input: { images_data_url: "" } })).rejects.toMatchObject({
      status: 401,
    });
    await expect(fal.queue.submit("fal-ai/nothing", { input: {} })).rejects.toMatchObject({ status: 404 });
    await expect(fal.queue.status(trainer, { requestId: "nobody" })).rejects.toMatchObject({
      status: 404,
      body: { status: "NOT_FOUND" },
    });
    const early = await fal.queue.result(trainer, { requestId }).catch((error: unknown) => error);
    expect(early).toBeInstanceOf(ApiError);
    expect(early).toMatchObject({ status: 400, body: { detail: "Request is still in progress" } });
  });

  it("finds a request below owner and app as well as below its full endpoint id, and nowhere else", async () => {
    const { url, clock } = await servedFake();
    const endpoint = "fal-ai/flux-lora/image-to-image";
    const { request_id: requestId, status_url } = await falClientFor(url).queue.submit(endpoint, {
      input: { prompt: "TOK", image_url: await falClientFor(url).storage.upload(aPicture()) },
    });
    expect(status_url).toBe(`${url}/fal-ai/flux-lora/requests/${requestId}/status`);
    await clock.advance(110);
    const statusBelow = async (path: string): Promise<number> =>
      (await fetch(`${url}/${path}/requests/${requestId}`, { headers: { authorization: "Key fake-id:fake-secret" } }))
        .status;
    expect(await statusBelow("fal-ai/flux-lora")).toBe(200);
    expect(await statusBelow(endpoint)).toBe(200);
    expect(await statusBelow(trainer)).toBe(404);
  });

  it("makes images with a LoRA", async () => {
    const { url, clock } = await servedFake();
    const fal = falClientFor(url);
    const input = { prompt: "a photo of TOK", num_images: 2, output_format: "png" } as const;
    const { request_id: requestId } = await fal.queue.submit("fal-ai/flux-lora", { input });
    await clock.advance(110);
    const { data } = await fal.queue.result("fal-ai/flux-lora", { requestId });
    expect(data.images).toHaveLength(2);
    expect(data.has_nsfw_concepts).toStrictEqual([false, false]);
    const image = Buffer.from(await (await fetch(data.images[1]?.url ?? "")).arrayBuffer());
    expect(image.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toStrictEqual([1024, 768]);
  });

  it("puts a multipart upload together again", async () => {
    const { url, fake } = await servedFake();
    const folder = await mkdtemp(join(tmpdir(), "fal-fake-test-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, "large.zip");
    const bytes = 91 * 1024 ** 2;
    const handle = await open(path, "w");
    for (let at = 0; at < bytes; at += 5 * 1024 ** 2) await handle.write(`here: ${at}`, at);
    await handle.truncate(bytes);
    await handle.close();
    const content = await openAsBlob(path, { type: "application/zip" });
    const fileUrl = await falClientFor(url).storage.upload(content);

    const puts = fake.requests.filter(({ method }) => method === "PUT").slice(1);
    expect(puts).toHaveLength(10);
    expect(puts.some(({ authorization }) => authorization)).toBe(false);
    expect(await digest((await fetch(fileUrl)).body)).toBe(await digest(content.stream()));
  });

  it("keeps the connection usable when it refuses an upload unread", async () => {
    const { url, fake } = await servedFake();
    fake.control.fault("upload-bytes", { status: 503 }, 2);
    const fal = falClientFor(url);
    const large = new File([new Uint8Array(20 * 1024 ** 2)], "large.zip");
    await expect(fal.storage.upload(large)).rejects.toMatchObject({ status: 503 });
    await expect(fal.storage.upload(large)).rejects.toMatchObject({ status: 503 });
    expect((await fetch(await fal.storage.upload(large))).status).toBe(200);
  });

  it("takes bytes only at an upload URL that it gave out", async () => {
    const { url } = await servedFake();
    const answer = await fetch(`${url}/upload/1234/photos.zip?signature=1`, { method: "PUT", body: "bytes" });
    expect(answer.status).toBe(403);
    expect((await fetch(`${url}/files/rabbit/nothing.zip`)).status).toBe(404);
  });

  it("is a network error once it is closed", async () => {
    const { fake, url } = await servedFake();
    await fake.close();
    await expect(fetch(`${url}/.well-known/jwks.json`)).rejects.toThrow("fetch failed");
  });
});

const renamed = (file: File): File => new File([file], "photos.bin");

async function digest(bytes: ReadableStream<Uint8Array> | null): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes ?? []) hash.update(chunk);
  return hash.digest("hex");
}
