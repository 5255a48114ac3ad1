import sharp, { type WebpOptions } from "sharp";
import { describe, expect, it } from "vitest";
import { blackCanvas } from "./canvas.ts";
import { commentOf, type Drawing } from "./drawing.ts";
import { encodeJpeg } from "./encode-jpeg.ts";
import { encodePng, pngBomb } from "./encode-png.ts";
import { readPictureHead } from "./picture-head.ts";

const drawing: Drawing = { width: 30, height: 20, prompt: "a fox — лиса", seed: 7, avatar: "TOK_0a1b2c3d" };
const canvas = blackCanvas(30, 20);
const head = (bytes: Uint8Array<ArrayBuffer>) => readPictureHead(new Blob([bytes]));
const webp = async (options: WebpOptions, channels: 3 | 4) =>
  new Uint8Array(
    await sharp({ create: { width: 30, height: 20, channels, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } })
      .webp(options)
      .toBuffer(),
  );

describe("readPictureHead", () => {
  it("reads the drawing of a JPEG of the fake, whatever metadata was put in front of it", async () => {
    const jpeg = encodeJpeg(canvas, commentOf(drawing));
    expect(await head(jpeg)).toStrictEqual({ width: 30, height: 20, drawing });
    const segment = Buffer.concat([Buffer.of(0xff, 0xe1, 0xff, 0xff), Buffer.alloc(0xfffd)]);
    const marked = Buffer.concat([jpeg.subarray(0, 20), segment, jpeg.subarray(20)]);
    expect(await head(new Uint8Array(marked))).toStrictEqual({ width: 30, height: 20, drawing });
  });

  it("reads the size of other pictures", async () => {
    const size = { width: 30, height: 20 };
    expect(await head(encodeJpeg(canvas, Buffer.from("by somebody else")))).toMatchObject(size);
    expect(await head(encodePng(canvas))).toStrictEqual(size);
    for (const channels of [3, 4] as const)
      for (const lossless of [true, false]) expect(await head(await webp({ lossless }, channels))).toStrictEqual(size);
    expect(await head(pngBomb(14_000))).toStrictEqual({ width: 14_000, height: 14_000 });
  });

  it("reads none where there is none", async () => {
    const jpeg = encodeJpeg(canvas, commentOf(drawing));
    const png = encodePng(canvas);
    const broken = [
      new Uint8Array(),
      new Uint8Array(40),
      jpeg.slice(0, 30),
      png.slice(0, 10),
      Uint8Array.of(255, 216, 255),
    ];
    for (const bytes of broken) expect(await head(bytes)).toBeUndefined();
  });
});
