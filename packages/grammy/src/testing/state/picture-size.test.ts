import { describe, expect, it } from "vitest";
import sharp from "sharp";
import { picture } from "../__fixtures__/pictures.ts";
import { pictureSize } from "./picture-size.ts";

const size = { width: 301, height: 207 };
const noise = { create: { ...size, channels: 4, background: { r: 10, g: 20, b: 30, alpha: 0.5 } } } as const;

describe("pictureSize", () => {
  it.each(["jpeg", "png", "gif", "webp"] as const)("reads %s", async (format) => {
    expect(pictureSize(await picture(size.width, size.height, format))).toStrictEqual(size);
  });

  it("reads every kind of WebP, and JPEG with a long header", async () => {
    const lossless = await sharp(noise).webp({ lossless: true }).toBuffer();
    const extended = await sharp(noise).webp({ quality: 50 }).toBuffer();
    const described = await sharp(noise)
      .withExif({ IFD0: { Artist: "A".repeat(5000) } })
      .jpeg({ progressive: true })
      .toBuffer();
    expect([lossless, extended, described].map(pictureSize)).toStrictEqual([size, size, size]);
  });

  it("reads BMP, also one that is upside down", () => {
    const header = Buffer.alloc(54);
    header.write("BM");
    header.writeInt32LE(size.width, 18);
    header.writeInt32LE(-size.height, 22);
    expect(pictureSize(header)).toStrictEqual(size);
  });

  it("knows what is no picture", async () => {
    const whole = await picture(10, 10);
    const webp = Buffer.concat([Buffer.from("RIFF____WEBPVP9X"), Buffer.alloc(30)]);
    const others = [Buffer.from("text"), new Uint8Array(0), whole.subarray(0, 10), webp];
    expect(others.map(pictureSize)).toStrictEqual([undefined, undefined, undefined, undefined]);
  });
});
