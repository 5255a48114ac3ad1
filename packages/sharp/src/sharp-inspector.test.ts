import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { defaultPolicy } from "@likeness/core";
import { describePhotoInspector, valueOf, type PhotoSamples } from "@likeness/testing";
import { err } from "neverthrow";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPhoto, plain } from "./__fixtures__/drawn-photo.ts";
import { hugePng } from "./__fixtures__/huge-png.ts";
import { longs, withChunks, type PngPart } from "./__fixtures__/png-parts.ts";
import { watchedSharp } from "./__fixtures__/watched-sharp.ts";
import { pngChunk } from "./png-chunks.ts";
import { sharpInspector } from "./sharp-inspector.ts";
import { workerInspector } from "./worker/worker-inspector.ts";

const inspector = sharpInspector(sharp);
const rejected = (rejection: object) => err({ type: "photo-rejected", rejection });
const bytesOf = (text: string) => Buffer.from(text, "latin1");
const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2);
const jpeg = (drawing = {}) => drawPhoto(drawing).jpeg({ quality: 90 }).toBuffer();

async function animation(): Promise<Buffer> {
  const frames = await Promise.all([1, 2].map((seed) => drawPhoto({ seed }).png().toBuffer()));
  return sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer();
}

/** A JPEG with something else in the segment that names its process. */
async function inFrame(change: (segment: Buffer) => void): Promise<Buffer> {
  const photo = await jpeg();
  change(photo.subarray(photo.indexOf(Buffer.from([0xff, 0xc0]))));
  return photo;
}

/** How many frames there are, played for ever. */
const frames = (count: number): PngPart => ["acTL", longs(count, 0)];
/** That the pixels are the first of them: 800 by 600. */
const firstFrame: PngPart = ["fcTL", Buffer.concat([longs(0, 800, 600, 0, 0), Buffer.of(0, 1, 0, 10, 0, 0)])];

const drawSamples = async (): Promise<PhotoSamples> => ({
  accepted: [await jpeg({ seed: 1 }), await jpeg({ seed: 2, width: 2400, height: 3200 })],
  alike: [await jpeg(), await drawPhoto().resize(700).webp({ quality: 60 }).toBuffer()],
  rejected: {
    empty: new Uint8Array(),
    "not-an-image": bytesOf("a text"),
    "unsupported-format": await drawPhoto().gif().toBuffer(),
    truncated: half(await jpeg()),
    "file-too-large": Buffer.alloc(21_000_000),
    "too-many-pixels": await hugePng(),
    "too-small": await jpeg({ width: 511, height: 700 }),
    "extreme-ratio": await jpeg({ width: 1600, height: 520 }),
    "too-dark": await drawPhoto().linear(0.1, 0).jpeg().toBuffer(),
    "too-bright": await drawPhoto().linear(0.2, 200).jpeg().toBuffer(),
    "low-contrast": await drawPhoto().linear(0.1, 110).jpeg().toBuffer(),
    "too-blurry": await drawPhoto().blur(10).jpeg().toBuffer(),
  },
});

const samples = drawSamples();
describePhotoInspector("sharp", async () => ({ inspector, samples: await samples }));

const inspecting = new URL("./__fixtures__/inspect-in-worker.ts", import.meta.url);
const elsewhere = workerInspector(() => new Worker(inspecting));
describePhotoInspector("sharp in a worker", async () => ({ inspector: elsewhere, samples: await samples }));

describe("sharpInspector", () => {
  it("tells what it measured, and copies at most 2048 pixels a side", async () => {
    const photo = await jpeg({ width: 3000, height: 2000 });
    const { facts, copy } = await valueOf(inspector.inspect(photo));
    expect(facts).toStrictEqual({
      sha256: createHash("sha256").update(photo).digest("hex"),
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      width: 2048,
      height: 1365,
      bytes: copy.length,
    });
    expect(await sharp(copy).metadata()).toMatchObject({
      format: "jpeg",
      width: 2048,
      height: 1365,
      chromaSubsampling: "4:4:4",
    });
  });

  it("never enlarges", async () => {
    const { facts } = await valueOf(inspector.inspect(await jpeg({ width: 700, height: 520 })));
    expect(facts).toMatchObject({ width: 700, height: 520 });
  });

  it("reads a photo that is a part of a larger buffer", async () => {
    const photo = await jpeg();
    const larger = Buffer.concat([Buffer.alloc(1000), photo, Buffer.alloc(1000)]);
    const part = new Uint8Array(larger.buffer, larger.byteOffset + 1000, photo.length);
    expect(await inspector.inspect(part)).toStrictEqual(await inspector.inspect(photo));
  });

  it.each([
    ["no bytes", () => new Uint8Array(), { code: "empty" }],
    ["a text", () => bytesOf("Dear diary"), { code: "not-an-image" }],
    ["a PDF", () => bytesOf("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), { code: "not-an-image" }],
    ["an SVG", () => bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'), { code: "not-an-image" }],
    ["a GIF", () => drawPhoto().gif().toBuffer(), { code: "unsupported-format", format: "gif" }],
    ["a TIFF", () => drawPhoto().tiff().toBuffer(), { code: "unsupported-format", format: "tiff" }],
    [
      "an iPhone's HEIC",
      () => bytesOf("\0\0\0\x24ftypheic\0\0\0\0mif1"),
      { code: "unsupported-format", format: "heif" },
    ],
    ["an AVIF", () => bytesOf("\0\0\0\x20ftypavif\0\0\0\0avifmif1"), { code: "unsupported-format", format: "avif" }],
    ["an animated WebP", animation, { code: "unsupported-format", format: "animated-webp" }],
    [
      "an animated PNG",
      async () => withChunks(await drawPhoto().png().toBuffer(), [frames(3), firstFrame]),
      { code: "unsupported-format", format: "animated-png" },
    ],
    [
      "an animated PNG behind a picture of its own",
      async () => withChunks(await drawPhoto().png().toBuffer(), [frames(1)]),
      { code: "unsupported-format", format: "animated-png" },
    ],
    [
      "a JPEG of 12 bits",
      () => inFrame((frame) => (frame[4] = 12)),
      { code: "unsupported-format", format: "12-bit-jpeg" },
    ],
    [
      "a hierarchical JPEG",
      () => inFrame((frame) => (frame[1] = 0xc5)),
      { code: "unsupported-format", format: "hierarchical-jpeg" },
    ],
    [
      "a JPEG that goes over its pixels again and again",
      async () => {
        const photo = await drawPhoto().jpeg({ progressive: true }).toBuffer();
        const last = photo.lastIndexOf(Buffer.from([0xff, 0xda]));
        const scans = Array.from({ length: 101 }, () => photo.subarray(last, -2));
        return Buffer.concat([photo.subarray(0, last), ...scans, photo.subarray(-2)]);
      },
      { code: "unsupported-format", format: "many-scans-jpeg" },
    ],
    [
      "a PNG that Xcode wrote",
      async () => {
        const png = await drawPhoto().png().toBuffer();
        const [signature, chunks] = [png.subarray(0, 8), png.subarray(8)];
        return Buffer.concat([signature, pngChunk("CgBI", longs(0x50002002)), chunks]);
      },
      { code: "unsupported-format", format: "cgbi-png" },
    ],
    [
      "21 MB",
      () => Buffer.alloc(21_000_000, "\xff\xd8\xff"),
      { code: "file-too-large", bytes: 21_000_000, maximum: 20_971_520 },
    ],
    ["half a JPEG", async () => half(await jpeg()), { code: "truncated" }],
    ["half a PNG", async () => half(await drawPhoto().png().toBuffer()), { code: "truncated" }],
    ["half a WebP", async () => half(await drawPhoto().webp().toBuffer()), { code: "truncated" }],
    ["the start of a JPEG", async () => (await jpeg()).subarray(0, 30), { code: "truncated" }],
    ["a thumbnail", () => jpeg({ width: 900, height: 511 }), { code: "too-small", side: 511, minimum: 512 }],
    ["a banner", () => jpeg({ width: 1600, height: 512 }), { code: "extreme-ratio", ratio: 3.125, maximum: 3 }],
    ["a ribbon", () => jpeg({ width: 512, height: 1600 }), { code: "extreme-ratio", ratio: 3.125, maximum: 3 }],
    ["a dark room", () => plain(10, 10, 10).png().toBuffer(), { code: "too-dark", luminance: 10, minimum: 30 }],
    ["fog", () => plain(240, 240, 240).webp().toBuffer(), { code: "too-bright", luminance: 240, maximum: 225 }],
    ["a wall", () => plain(128, 128, 128).jpeg().toBuffer(), { code: "low-contrast", contrast: 0, minimum: 15 }],
    [
      "a shaken camera",
      () => drawPhoto().blur(10).jpeg().toBuffer(),
      { code: "too-blurry", sharpness: expect.closeTo(2, -1), minimum: 40 },
    ],
  ])("rejects %s", async (_, make, rejection) => {
    expect(await inspector.inspect(await make())).toStrictEqual(rejected(rejection));
  });

  it.each<[string, readonly PngPart[], readonly PngPart[]]>([
    ["one frame", [frames(1), firstFrame], []],
    ["no frame", [frames(0)], []],
    ["frames that are told of too late", [], [frames(3)]],
  ])("takes a PNG with %s for the still picture that it is", async (_, inFront, behind) => {
    const photo = withChunks(await drawPhoto().png().toBuffer(), inFront, behind);
    expect((await valueOf(inspector.inspect(photo))).facts).toMatchObject({ width: 800, height: 600 });
  });

  it("rejects 40 000 × 40 000 pixels by what the header says, and decodes none of them", async () => {
    const photo = await hugePng();
    const { module, decoders } = watchedSharp();
    const rejection = { code: "too-many-pixels", pixels: 1_600_000_000, maximum: 50_000_000 };
    expect(await sharpInspector(module).inspect(photo)).toStrictEqual(rejected(rejection));
    expect(decoders).toStrictEqual([]);
  });

  it("frees all pixels once they were read", async () => {
    const { module, pixels } = watchedSharp();
    await valueOf(sharpInspector(module).inspect(await jpeg()));
    expect(pixels.map(({ length }) => length)).toStrictEqual([0, 0]);
  });

  it("names the cheapest reason when there are several", async () => {
    const darkBanner = plain(0, 0, 0).resize({ width: 1600, height: 100, fit: "fill" });
    expect(await inspector.inspect(await darkBanner.jpeg().toBuffer())).toStrictEqual(
      rejected({ code: "too-small", side: 100, minimum: 512 }),
    );
  });

  it("takes a photo that just reaches the limits", async () => {
    const photo = await jpeg({ width: 1536, height: 512 });
    const atTheLimits = sharpInspector(sharp, { maximumBytes: photo.length, maximumPixels: 1536 * 512 });
    expect((await valueOf(atTheLimits.inspect(photo))).facts).toMatchObject({ width: 1536, height: 512 });
  });

  it("judges by the limits it was given", async () => {
    const photo = await jpeg();
    const strict = (limits: object) => sharpInspector(sharp, limits).inspect(photo);
    expect(await strict({ maximumBytes: 1000 })).toStrictEqual(
      rejected({ code: "file-too-large", bytes: photo.length, maximum: 1000 }),
    );
    expect(await strict({ maximumPixels: 479_999 })).toStrictEqual(
      rejected({ code: "too-many-pixels", pixels: 480_000, maximum: 479_999 }),
    );
    expect(await strict({ minimumSharpness: 1e6 })).toStrictEqual(
      rejected({ code: "too-blurry", sharpness: expect.any(Number), minimum: 1e6 }),
    );
  });

  it("decodes as many photos at once as it is told, in the order in which they came", async () => {
    const [large, small] = [await jpeg({ width: 4000, height: 3000 }), await jpeg({ width: 600, height: 600 })];
    const orderWith = async (atOnce: number) => {
      const oneByOne = sharpInspector(sharp, {}, { atOnce });
      const ended: string[] = [];
      const inspect = async (name: string, photo: Buffer) => {
        await valueOf(oneByOne.inspect(photo));
        ended.push(name);
      };
      await Promise.all([inspect("large", large), inspect("small", small)]);
      return ended;
    };
    expect(await orderWith(2)).toStrictEqual(["small", "large"]);
    expect(await orderWith(1)).toStrictEqual(["large", "small"]);
  });

  it("refuses what is no photo, or too large, while others are decoded", async () => {
    const photo = await jpeg();
    const oneByOne = sharpInspector(sharp, {}, { atOnce: 1 });
    const ended: string[] = [];
    const inspect = async (name: string, file: Uint8Array) => {
      await oneByOne.inspect(file);
      ended.push(name);
    };
    await Promise.all([
      inspect("photo", photo),
      inspect("no photo", bytesOf("%PDF-1.7")),
      inspect("too large", Buffer.alloc(21_000_000)),
    ]);
    expect(ended).toStrictEqual(["no photo", "too large", "photo"]);
  });

  it.each([0, -1, 1.5, Number.NaN])("throws for %d photos at once", (atOnce) => {
    expect(() => sharpInspector(sharp, {}, { atOnce })).toThrow(
      new RangeError("atOnce must be a whole number from 1 on"),
    );
  });

  it("says that it failed itself when the machine has no memory left", async () => {
    const exhausted = new Proxy(sharp, {
      apply: () => {
        throw new Error("vips_tracked: out of memory --- size == 9MB");
      },
    });
    const cause = new Error("vips_tracked: out of memory --- size == 9MB");
    expect(await sharpInspector(exhausted).inspect(await jpeg())).toStrictEqual(
      err({ type: "inspector-failure", cause }),
    );
  });
});

describe("the fingerprint", () => {
  const fingerprint = async (photo: Buffer) => (await valueOf(inspector.inspect(photo))).facts.fingerprint;
  const distance = (left: string, right: string) =>
    (BigInt(`0x${left}`) ^ BigInt(`0x${right}`)).toString(2).replaceAll("0", "").length;

  it.each([1, 2, 3, 4])("of drawing %i is nearly the same in another file of the same picture", async (seed) => {
    const drawing = { seed, width: 1600, height: 1200 };
    const original = await fingerprint(await drawPhoto(drawing).png().toBuffer());
    const others = await Promise.all([
      drawPhoto(drawing).jpeg({ quality: 30 }).toBuffer(),
      drawPhoto(drawing).webp({ quality: 20 }).toBuffer(),
      drawPhoto(drawing).resize(700).jpeg().toBuffer(),
      drawPhoto(drawing).resize(4000).jpeg().toBuffer(),
      drawPhoto(drawing).linear(0.9, 20).jpeg().toBuffer(),
    ]);
    for (const other of others)
      expect(distance(original, await fingerprint(other))).toBeLessThanOrEqual(defaultPolicy.nearDuplicateDistance);
  });

  it("tells different pictures far apart", async () => {
    const prints = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => fingerprint(await jpeg({ seed }))));
    const pairs = prints.flatMap((left, index) => prints.slice(index + 1).map((right) => distance(left, right)));
    expect(Math.min(...pairs)).toBeGreaterThan(2 * defaultPolicy.nearDuplicateDistance);
  });
});
