import { ApiError } from "@fal-ai/client";
import { testClock, type TestClock } from "@likeness/testing";
import sharp from "sharp";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { aPicture } from "./__fixtures__/a-picture.ts";
import { falClientFor } from "./__fixtures__/fal-client.ts";
import { receiver } from "./__fixtures__/receiver.ts";
import { falFake, type FalFake, type FalFakeOptions } from "./fal-fake.ts";
import type { FalFakePicture } from "./pictures/picture-file.ts";
import { serveFalFake } from "./serve-fal-fake.ts";

const textToImage = "fal-ai/flux-lora";
const imageToImage = "fal-ai/flux-lora/image-to-image";
const upscaler = "fal-ai/seedvr/upscale/image";

const small = { width: 160, height: 208 };
const prompt = "TOK_0a1b2c3d woman beside a lake at sunrise";

interface Easel {
  readonly clock: TestClock;
  readonly fake: FalFake;
  readonly url: string;
  /** Asks for a picture and returns the request id. */
  submit(
    endpoint: string,
    input: object,
    init?: { readonly headers?: object; readonly hook?: string },
  ): Promise<string>;
  /** The result, once it is there. */
  result(endpoint: string, input: object, headers?: object): Promise<Made>;
}

type Made = z.infer<typeof made>;

const file = z.object({ url: z.string(), width: z.number(), height: z.number(), content_type: z.string() });

const made = z.object({
  images: z.array(file).optional(),
  image: file.optional(),
  seed: z.number(),
  prompt: z.string().optional(),
  has_nsfw_concepts: z.array(z.boolean()).optional(),
});

async function easel(options: FalFakeOptions = {}): Promise<Easel> {
  const clock = testClock();
  const fake = falFake({ clock, queueSeconds: 1, imageSeconds: 4, ...options });
  const { url, close } = await serveFalFake(fake);
  onTestFinished(async () => {
    await fake.close();
    await close();
  });
  const headersOf = (more: object = {}) => ({
    authorization: "Key fake-id:fake-secret",
    "content-type": "application/json",
    ...more,
  });
  const submit: Easel["submit"] = async (endpoint, input, { headers, hook } = {}) => {
    const query = hook === undefined ? "" : `?fal_webhook=${encodeURIComponent(hook)}`;
    const init = { method: "POST", headers: headersOf(headers), body: JSON.stringify(input) };
    const answer = await fetch(`${url}/${endpoint}${query}`, init);
    return z.object({ request_id: z.string() }).parse(await answer.json()).request_id;
  };
  const result: Easel["result"] = async (endpoint, input, headers) => {
    const requestId = await submit(endpoint, input, { headers });
    await fake.control.finish(requestId);
    const answer = await fetch(`${url}/${endpoint}/requests/${requestId}`, { headers: headersOf() });
    return made.parse(await answer.json());
  };
  return { clock, fake, url, submit, result };
}

const download = async (url = ""): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

const sizeOf = async (url = "") => {
  const { format, width, height } = await sharp(await download(url)).metadata();
  return { format, width, height };
};

describe("the fal fake, as one who draws,", () => {
  it("draws a JPEG of the size that was asked for, and answers as flux-lora does", async () => {
    const { result, url } = await easel();
    const { images, ...rest } = await result(textToImage, { prompt, seed: 7, image_size: small });
    expect(rest).toStrictEqual({ seed: 7, prompt, has_nsfw_concepts: [false] });
    expect(images).toStrictEqual([
      { url: expect.stringContaining(`${url}/files/`), ...small, content_type: "image/jpeg" },
    ]);
    expect(await sizeOf(images?.[0]?.url)).toStrictEqual({ format: "jpeg", ...small });
    expect((await fetch(images?.[0]?.url ?? "")).headers.get("content-type")).toBe("image/jpeg");
  });

  it("draws the same for the same input, and something else for another seed, scene, avatar or size", async () => {
    const { result } = await easel();
    const bytesOf = async (input: object): Promise<string> => {
      const { images } = await result(textToImage, { prompt, seed: 7, image_size: small, ...input });
      return (await download(images?.[0]?.url)).toString("latin1");
    };
    const first = await bytesOf({});
    expect(await bytesOf({})).toBe(first);
    const others = [
      { seed: 8 },
      { prompt: "TOK_0a1b2c3d woman in a library" },
      { prompt: prompt.replace("0a1b", "ffff") },
      { image_size: { width: 208, height: 160 } },
    ];
    const drawn = await Promise.all(others.map(bytesOf));
    expect(new Set([first, ...drawn]).size).toBe(5);
  });

  it.each([
    ["square_hd", { width: 1024, height: 1024 }],
    [undefined, { width: 1024, height: 768 }],
  ])("knows the size %s by its name", async (image_size, size) => {
    const { result } = await easel();
    const { images } = await result(textToImage, { prompt, image_size });
    expect(images?.[0]).toMatchObject(size);
  });

  it("varies a picture of its own: the same place in other colours, by seed", async () => {
    const { result } = await easel();
    const { images: [source] = [] } = await result(textToImage, { prompt, seed: 7, image_size: small });
    const vary = async (seed: number): Promise<Buffer> => {
      const { images } = await result(imageToImage, { prompt, seed, image_url: source?.url, strength: 0.8 });
      expect(images?.[0]).toMatchObject(small);
      return download(images?.[0]?.url);
    };
    const [one, other] = [await vary(1), await vary(2)];
    expect(one.equals(other)).toBe(false);
  });

  it("enlarges a picture of its own, also one that was uploaded again, and shows the same", async () => {
    const { result, url } = await easel();
    const { images: [source] = [] } = await result(textToImage, { prompt, seed: 7, image_size: small });
    const bytes = await download(source?.url);
    const image_url = await falClientFor(url).storage.upload(new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }));
    const { image, ...rest } = await result(upscaler, { image_url, upscale_factor: 2, seed: 3 });
    expect(rest).toStrictEqual({ seed: 3 });
    expect(await sizeOf(image?.url)).toStrictEqual({ format: "jpeg", width: 320, height: 416 });
    // The band with the text differs.
    const upper = (picture: Buffer, height: number) =>
      sharp(picture)
        .extract({ left: 0, top: 0, width: height / 2, height: height / 2 })
        .resize(16, 16)
        .raw()
        .toBuffer();
    const [before, after] = [await upper(bytes, 208), await upper(await download(image?.url), 416)];
    const difference = before.reduce((sum, value, at) => sum + Math.abs(value - (after[at] ?? 0)), 0) / before.length;
    expect(difference).toBeLessThan(6);
  });

  it("takes the size of somebody else's picture from its bytes", async () => {
    const { result, url } = await easel();
    const image_url = await falClientFor(url).storage.upload(aPicture(64, 48));
    const { image } = await result(upscaler, { image_url, output_format: "png" });
    expect(await sizeOf(image?.url)).toStrictEqual({ format: "png", width: 128, height: 96 });
    const { images } = await result(imageToImage, { prompt, image_url });
    expect(images?.[0]).toMatchObject({ width: 64, height: 48 });
  });

  it("takes as long as a picture and not as a training does", async () => {
    const { submit, url, clock } = await easel({ trainingSeconds: 100 });
    const requestId = await submit(textToImage, { prompt });
    const status = async () => (await falClientFor(url).queue.status(textToImage, { requestId })).status;
    await clock.advance(1);
    expect(await status()).toBe("IN_PROGRESS");
    await clock.advance(4);
    expect(await status()).toBe("COMPLETED");
  });

  it("deletes what it made when the request said so, and uploads too", async () => {
    const { result, url, clock } = await easel();
    const header = { "x-fal-object-lifecycle-preference": '{"expiration_duration_seconds":3600}' };
    const { images } = await result(textToImage, { prompt, image_size: small }, header);
    const { images: kept } = await result(textToImage, { prompt, image_size: small });
    const uploaded = await falClientFor(url).storage.upload(aPicture(), { lifecycle: { expiresIn: 3600 } });
    const urls = [images?.[0]?.url, uploaded, kept?.[0]?.url];
    const statuses = () => Promise.all(urls.map(async (one = "") => (await fetch(one)).status));
    await clock.advance(3599);
    expect(await statuses()).toStrictEqual([200, 200, 200]);
    await clock.advance(1);
    expect(await statuses()).toStrictEqual([404, 404, 200]);
  });
});

describe("the fal fake, as one who refuses,", () => {
  const at = (...loc: (string | number)[]) => ["body", ...loc];
  const here = "(uploaded)";

  it.each<[string, object, (string | number)[], string]>([
    [textToImage, {}, at("prompt"), "missing"],
    [textToImage, { prompt: 7 }, at("prompt"), "string_type"],
    [textToImage, { prompt, num_inference_steps: 51 }, at("num_inference_steps"), "less_than_equal"],
    [textToImage, { prompt, num_inference_steps: 0 }, at("num_inference_steps"), "greater_than_equal"],
    [textToImage, { prompt, num_inference_steps: 2.5 }, at("num_inference_steps"), "int_type"],
    [textToImage, { prompt, guidance_scale: 36 }, at("guidance_scale"), "less_than_equal"],
    [textToImage, { prompt, guidance_scale: "3" }, at("guidance_scale"), "float_type"],
    [textToImage, { prompt, num_images: 5 }, at("num_images"), "less_than_equal"],
    [textToImage, { prompt, output_format: "webp" }, at("output_format"), "literal_error"],
    [textToImage, { prompt, image_size: "huge" }, at("image_size"), "literal_error"],
    [textToImage, { prompt, image_size: { width: 0, height: 9 } }, at("image_size", "width"), "greater_than_equal"],
    [textToImage, { prompt, enable_safety_checker: "yes" }, at("enable_safety_checker"), "bool_type"],
    [textToImage, { prompt, loras: "x" }, at("loras"), "list_type"],
    [textToImage, { prompt, loras: [{}] }, at("loras", 0, "path"), "missing"],
    [
      textToImage,
      { prompt, loras: [{ path: "https://v3.fal.media/x" }] },
      at("loras", 0, "path"),
      "file_download_error",
    ],
    [textToImage, { prompt, negative_prompt: "ugly" }, at("negative_prompt"), "extra_forbidden"],
    [textToImage, { prompt, strength: 0.8 }, at("strength"), "extra_forbidden"],
    [imageToImage, { prompt }, at("image_url"), "missing"],
    [imageToImage, { prompt, image_url: here, strength: 0 }, at("strength"), "greater_than_equal"],
    [imageToImage, { prompt, image_url: "https://v3.fal.media/x" }, at("image_url"), "file_download_error"],
    [imageToImage, { prompt, image_url: "(text)" }, at("image_url"), "image_load_error"],
    [upscaler, { image_url: here, upscale_factor: 11 }, at("upscale_factor"), "less_than_equal"],
    [upscaler, { image_url: here, prompt }, at("prompt"), "extra_forbidden"],
  ])("%s answers 422 to %j", async (endpoint, input, loc, type) => {
    const { url, submit, clock } = await easel();
    const { storage, queue } = falClientFor(url);
    const uploads: Readonly<Record<string, Blob>> = { [here]: aPicture(), "(text)": new Blob(["text"]) };
    const upload = "image_url" in input ? uploads[String(input.image_url)] : undefined;
    const requestId = await submit(endpoint, { ...input, ...(upload && { image_url: await storage.upload(upload) }) });
    await clock.advance(10);
    const error = await queue.result(endpoint, { requestId }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, body: { detail: [{ loc, type }] } });
  });

  it("cannot read weights whose files are gone, but those that were uploaded again", async () => {
    const { fake, url, submit, clock } = await easel();
    const { storage, queue } = falClientFor(url);
    const path = await storage.upload(new File(["weights"], "weights.safetensors"));
    const drawnWith = async (weights: string) => {
      const requestId = await submit(textToImage, { prompt, image_size: small, loras: [{ path: weights }] });
      await clock.advance(10);
      const thrown = await queue.result(textToImage, { requestId }).then(
        () => undefined,
        (error: unknown) => error,
      );
      return { requestId, thrown };
    };
    const { requestId, thrown } = await drawnWith(path);
    expect(thrown).toBeUndefined();
    const { data } = await queue.result(textToImage, { requestId });
    const own = data.images[0]?.url ?? "";
    expect((await fetch(own)).status).toBe(200);
    fake.control.deleteFiles(requestId);
    expect((await fetch(own)).status).toBe(404);
    expect((await drawnWith(own)).thrown).toMatchObject({ status: 422 });
  });
});

describe("the fal fake, as one who makes trouble with pictures,", () => {
  it.each<[FalFakePicture, readonly boolean[] | undefined]>([
    ["flagged", [true]],
    ["black", [false]],
  ])("%s: sends a black picture", async (picture, flags) => {
    const { fake, result } = await easel();
    fake.control.next({ picture });
    const { images, has_nsfw_concepts } = await result(textToImage, { prompt, image_size: small });
    expect(has_nsfw_concepts).toStrictEqual(flags);
    const { channels } = await sharp(await download(images?.[0]?.url)).stats();
    expect(channels.map(({ mean }) => mean)).toStrictEqual([0, 0, 0]);
  });

  it("unflagged: leaves the flags out", async () => {
    const { fake, result } = await easel();
    fake.control.next({ picture: "unflagged" });
    const answer = await result(textToImage, { prompt, image_size: small });
    expect(Object.keys(answer)).not.toContain("has_nsfw_concepts");
    expect(await sizeOf(answer.images?.[0]?.url)).toMatchObject(small);
  });

  it.each<[FalFakePicture, (bytes: Buffer) => unknown, unknown]>([
    ["empty", (bytes) => bytes.length, 0],
    ["html", (bytes) => bytes.toString("latin1", 0, 9), "<!doctype"],
    ["huge", (bytes) => [bytes.length > 60_000_000, bytes[0]], [true, 0xff]],
    ["truncated", (bytes) => [bytes[0], bytes.at(-1) === 0xd9 && bytes.at(-2) === 0xff], [0xff, false]],
    ["bomb", (bytes) => [bytes.length < 500, bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [true, 14_000, 14_000]],
  ])("%s", async (picture, look, seen) => {
    const { fake, result } = await easel();
    fake.control.next({ picture });
    const { images } = await result(textToImage, { prompt, image_size: small });
    expect(images?.[0]).toMatchObject({ ...small, content_type: "image/jpeg" });
    expect(look(await download(images?.[0]?.url))).toStrictEqual(seen);
  });

  it("answers downloads with errors for a while, and then with the picture", async () => {
    const { fake, result } = await easel();
    const { images } = await result(textToImage, { prompt, image_size: small });
    fake.control.fault("files", { status: 403 });
    fake.control.fault("files", { status: 503 });
    const status = async () => (await fetch(images?.[0]?.url ?? "")).status;
    expect([await status(), await status(), await status()]).toStrictEqual([403, 503, 200]);
  });

  const violation = { detail: [{ loc: ["body", "prompt"], type: "content_policy_violation", categories: ["sexual"] }] };

  it("refuses content at the submit", async () => {
    const { fake, url } = await easel();
    fake.control.next({ submit: "content-blocked" });
    const submitted = falClientFor(url).queue.submit(textToImage, { input: { prompt } });
    await expect(submitted).rejects.toMatchObject({ status: 422, body: violation });
    expect(fake.control.accepted()).toStrictEqual([]);
  });

  it.each([
    ["content-blocked", violation],
    ["input-gone", { detail: [{ loc: ["body", "loras", 0, "path"], type: "file_download_error" }] }],
  ] as const)("%s: tells it by an ERROR webhook", async (outcome, payload) => {
    const { fake, submit } = await easel();
    const application = await receiver();
    onTestFinished(() => application.close());
    fake.control.next({ outcome });
    const requestId = await submit(textToImage, { prompt }, { hook: `${application.url}/hook` });
    await fake.control.finish(requestId);
    await vi.waitFor(() => expect(application.received).toHaveLength(1));
    expect(JSON.parse(String(application.received[0]?.body))).toMatchObject({ status: "ERROR", payload });
  });

  it("does all that over HTTP too", async () => {
    const { url, fake, submit } = await easel();
    const post = (command: string, body: object) =>
      fetch(`${url}/_control/${command}`, { method: "POST", body: JSON.stringify(body) });
    expect((await post("next", { picture: "flagged", imageSeconds: 1, submit: "accept" })).status).toBe(200);
    expect((await post("next", { picture: "ugly" })).status).toBe(400);
    const requestId = await submit(textToImage, { prompt, image_size: small });
    await fake.control.finish(requestId);
    expect((await post("delete-files", { requestId })).status).toBe(200);
    expect((await post("delete-files", { requestId: "x" })).status).toBe(400);
  });
});
