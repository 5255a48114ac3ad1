import { describePictureInspector, pictureBytes, valueOf } from "@likeness/testing";
import { pictureLimits, type PictureType } from "@likeness/core";
import { err } from "neverthrow";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { damages, scanStart } from "../__fixtures__/damaged-jpeg.ts";
import { drawPhoto, plain } from "../__fixtures__/drawn-photo.ts";
import { hugePng } from "../__fixtures__/huge-png.ts";
import { codes, longs, withChunks } from "../__fixtures__/png-parts.ts";
import { watchedSharp } from "../__fixtures__/watched-sharp.ts";
import { sharpPictures } from "./sharp-pictures.ts";

const inspector = sharpPictures(sharp);
const refused = (detail: string) => err({ type: "not-a-picture", detail });
const blackIn = async (picture: Uint8Array) => (await valueOf(inspector.inspect(picture))).black;

describePictureInspector("sharp", async () => sharpPictures(sharp));

/** Grey pixels, each at its place. */
const greys = (side: number, grey: (at: number) => number): Sharp =>
  sharp(
    Uint8Array.from({ length: side * side }, (_, at) => grey(at)),
    { raw: { width: side, height: side, channels: 1 } },
  );

describe("sharpPictures", () => {
  it.each<[string, PictureType, () => Sharp]>([
    ["a JPEG", "image/jpeg", () => drawPhoto().jpeg()],
    ["a progressive JPEG", "image/jpeg", () => drawPhoto().jpeg({ progressive: true })],
    ["a grey JPEG", "image/jpeg", () => drawPhoto().greyscale().jpeg()],
    ["a JPEG for print", "image/jpeg", () => drawPhoto().toColourspace("cmyk").jpeg()],
    ["a PNG", "image/png", () => drawPhoto().png()],
    ["an interlaced PNG", "image/png", () => drawPhoto().png({ progressive: true })],
    ["a PNG with a palette", "image/png", () => drawPhoto().png({ palette: true })],
    ["a PNG of 16 bits", "image/png", () => drawPhoto().toColourspace("rgb16").png()],
    ["a grey PNG of 16 bits", "image/png", () => drawPhoto().toColourspace("grey16").png()],
    ["a transparent PNG", "image/png", () => drawPhoto().ensureAlpha(0.5).png()],
    ["a WebP", "image/webp", () => drawPhoto().webp()],
    ["a lossless WebP", "image/webp", () => drawPhoto().webp({ lossless: true, effort: 0 })],
  ])("reads %s", async (_, contentType, draw) => {
    const picture = await draw().toBuffer();
    const facts = { contentType, width: 800, height: 600, black: false };
    expect(await valueOf(inspector.inspect(picture))).toStrictEqual(facts);
  });

  it("tells the size of the upright picture", async () => {
    const turned = await drawPhoto().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await valueOf(inspector.inspect(turned))).toMatchObject({ width: 600, height: 800 });
  });

  it("reads a PNG in HDR", async () => {
    const hdr = withChunks(await drawPhoto().png().toBuffer(), [codes(9, 16)]);
    expect(await valueOf(inspector.inspect(hdr))).toMatchObject({ width: 800, height: 600 });
  });

  it.each<[string, () => Sharp]>([
    ["a JPEG", () => plain(0, 0, 0).jpeg()],
    ["a PNG of 16 bits", () => plain(0, 0, 0).toColourspace("rgb16").png()],
    ["a WebP of poor quality", () => plain(1, 1, 1).webp({ quality: 1 })],
    ["all of it nearly black", () => plain(2, 2, 2).png()],
    ["some grains in it", () => greys(600, (at) => (at % 200 === 0 ? 40 : 0)).png()],
  ])("calls black what is: %s", async (_, draw) => {
    expect(await blackIn(await draw().toBuffer())).toBe(true);
  });

  it.each<[string, () => Sharp]>([
    ["a mean of 3", () => plain(3, 3, 3).png()],
    ["a night sky with stars of one pixel", () => greys(1_000, (at) => (at % 500 === 0 ? 255 : 0)).png()],
    ["a line of light", () => greys(600, (at) => (at < 1_200 ? 200 : 0)).png()],
    ["nothing in it", () => plain(0, 0, 0).ensureAlpha(0).png()],
    ["blue all over", () => plain(0, 0, 255).png()],
  ])("does not call a picture black with %s", async (_, draw) => {
    expect(await blackIn(await draw().toBuffer())).toBe(false);
  });

  it.each(Object.entries(damages))("refuses a JPEG with a part of it %s", async (_, damage) => {
    const jpeg = await drawPhoto().jpeg({ quality: 90 }).toBuffer();
    const start = scanStart(jpeg);
    const damaged = damage(jpeg, start + Math.floor((jpeg.length - start) / 2), 4_096);
    expect(await inspector.inspect(damaged)).toStrictEqual(refused("cut or damaged"));
  });

  it("refuses a PNG with a bit changed", async () => {
    const png = await drawPhoto().png().toBuffer();
    const middle = png.length >> 1;
    png[middle] = (png[middle] ?? 0) ^ 1;
    expect(await inspector.inspect(png)).toStrictEqual(refused("cut or damaged"));
  });

  it.each([
    [
      "an animated PNG",
      async () => withChunks(await drawPhoto().png().toBuffer(), [["acTL", longs(3, 0)]]),
      "a picture of the kind animated",
    ],
    ["a TIFF", () => drawPhoto().tiff().toBuffer(), "a file of the format tiff"],
    ["a text", async () => Buffer.from("not a picture"), "no JPEG, PNG or WebP"],
    ["no bytes", async () => Buffer.alloc(0), "no bytes"],
    [
      "60 MB",
      async () => Buffer.alloc(60_000_000, "\xff\xd8\xff"),
      `60000000 bytes, of at most ${pictureLimits.bytes}`,
    ],
  ])("says why it refuses %s", async (_, make, detail) => {
    expect(await inspector.inspect(await make())).toStrictEqual(refused(detail));
  });

  it("refuses a huge picture before it is decoded", async () => {
    const { module, decoders } = watchedSharp();
    const watched = sharpPictures(module);
    expect((await watched.inspect(pictureBytes())).isOk()).toBe(true);
    expect(decoders).toStrictEqual(["toBuffer"]);
    const sizes = { width: 14_000, height: 14_000 };
    const types = ["image/jpeg", "image/png", "image/webp"] as const;
    const pictures = [...types.map((contentType) => pictureBytes({ contentType, ...sizes })), await hugePng()];
    for (const picture of pictures)
      expect(await watched.inspect(picture)).toStrictEqual(refused(expect.stringContaining("of at most 50000000")));
    expect(decoders).toStrictEqual(["toBuffer"]);
  });

  it("frees the pixels once they were measured", async () => {
    const { module, pixels } = watchedSharp();
    expect((await sharpPictures(module).inspect(pictureBytes())).isOk()).toBe(true);
    expect(pixels.map(({ length }) => length)).toStrictEqual([0]);
  });

  it("says that it failed itself when the machine has no memory left", async () => {
    const cause = new Error("vips_tracked: out of memory --- size == 9MB");
    const exhausted = new Proxy(sharp, {
      apply: () => {
        throw cause;
      },
    });
    expect(await sharpPictures(exhausted).inspect(pictureBytes())).toStrictEqual(
      err({ type: "inspector-failure", cause }),
    );
  });
});
