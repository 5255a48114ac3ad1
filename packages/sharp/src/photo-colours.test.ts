import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { valueOf } from "@likeness/testing";
import { err } from "neverthrow";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { drawPhoto } from "./__fixtures__/drawn-photo.ts";
import { withTag } from "./__fixtures__/icc-tag.ts";
import { codes, gamma, longs, withChunks, type PngPart } from "./__fixtures__/png-parts.ts";
import { pngChunks } from "./png-chunks.ts";
import { sharpInspector } from "./sharp-inspector.ts";

const inspector = sharpInspector(sharp);
const size = { width: 512, height: 512 };
const original = drawPhoto(size).raw().toBuffer();

/** Of each of the 256 values of sRGB. */
const light = Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});
const lightOf = (level = 0): number => light[level] ?? 0;

/** Red, green and blue of the light in other primaries. */
type Mix = (red: number, green: number, blue: number) => readonly number[];
const sameColours: Mix = (...colour) => colour;

/** The same picture, its light written down with another curve, in 16 or 8 bits. */
async function written(curve: (light: number) => number, { bits = 16, mix = sameColours } = {}): Promise<Buffer> {
  const most = 2 ** bits - 1;
  const pixels = await original;
  const values = new (bits === 16 ? Uint16Array : Uint8Array)(pixels.length);
  for (let at = 0; at < values.length; at += 3) {
    const mixed = mix(lightOf(pixels[at]), lightOf(pixels[at + 1]), lightOf(pixels[at + 2]));
    for (const [channel, part] of mixed.entries())
      values[at + channel] = Math.round(most * curve(Math.min(1, Math.max(0, part))));
  }
  const image = sharp(values, { raw: { ...size, channels: 3 } });
  return (bits === 16 ? image.toColourspace("rgb16") : image).png({ compressionLevel: 1 }).toBuffer();
}

/** How far the copy is from the picture: the mean over all values, of 255. */
async function difference(photo: Buffer, picture = original): Promise<number> {
  const { copy } = await valueOf(inspector.inspect(photo));
  const [is, should] = [await sharp(copy).raw().toBuffer(), await picture];
  expect(is.length).toBe(should.length);
  let sum = 0;
  for (let at = 0; at < is.length; at++) sum += Math.abs((is[at] ?? 0) - (should[at] ?? 0));
  return sum / is.length;
}

const p3Chromaticities: PngPart = ["cHRM", longs(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)];
const srgbChromaticities: PngPart = ["cHRM", longs(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)];

// https://www.w3.org/TR/css-color-4/#color-conversion-code
const inP3: Mix = (red, green, blue) => [
  0.8224619688 * red + 0.1775380312 * green,
  0.0331941989 * red + 0.9668058011 * green,
  0.0170826307 * red + 0.0723974407 * green + 0.9105199286 * blue,
];
const in2020: Mix = (red, green, blue) => [
  0.6274038959 * red + 0.3292830384 * green + 0.0433130657 * blue,
  0.0690972894 * red + 0.9195403951 * green + 0.0113623156 * blue,
  0.0163914389 * red + 0.0880133079 * green + 0.8955952532 * blue,
];

/** In Display P3, with a profile that names a curve by the number of H.273. */
async function hdr(encode: (photo: Sharp) => Sharp): Promise<Buffer> {
  const { icc = Buffer.of() } = await sharp(await drawPhoto(size).withIccProfile("p3").png().toBuffer()).metadata();
  const folder = await mkdtemp(join(tmpdir(), "likeness-profile-"));
  const file = join(folder, "hdr.icc");
  await writeFile(file, withTag(icc, "cicp", Buffer.from([...Buffer.from("cicp\0\0\0\0"), 9, 16, 0, 1])));
  const photo = await encode(drawPhoto(size).withIccProfile(file)).toBuffer();
  await rm(folder, { recursive: true });
  return photo;
}

const power = (exponent: number) => (value: number) => value ** exponent;
const srgb = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

describe("the colours of the training copy", () => {
  it.each<[string, () => Promise<Buffer>]>([
    ["no colours named", () => written(srgb)],
    ["linear light, 16 bits", async () => withChunks(await written(power(1)), [gamma(1)])],
    ["a gamma of 1.8, 16 bits", async () => withChunks(await written(power(1 / 1.8)), [gamma(1 / 1.8)])],
    ["a gamma of 1.8, 8 bits", async () => withChunks(await written(power(1 / 1.8), { bits: 8 }), [gamma(1 / 1.8)])],
    ["the usual gamma", async () => withChunks(await written(srgb, { bits: 8 }), [gamma(1 / 2.2), srgbChromaticities])],
    ["a gamma beside sRGB by name", async () => withChunks(await written(srgb), [gamma(1), ["sRGB", Buffer.of(0)]])],
    ["a gamma of nonsense", async () => withChunks(await written(srgb), [gamma(0.00045)])],
    [
      "chromaticities of nonsense",
      async () => withChunks(await written(srgb), [["cHRM", longs(0, 0, 0, 0, 0, 0, 0, 0)]]),
    ],
    [
      "Display P3 by gamma and chromaticities",
      async () => withChunks(await written(power(1 / 1.8), { mix: inP3 }), [gamma(1 / 1.8), p3Chromaticities]),
    ],
    [
      "Display P3 by chromaticities alone, 8 bits",
      async () => withChunks(await written(srgb, { mix: inP3, bits: 8 }), [p3Chromaticities]),
    ],
    ["sRGB by numbers", async () => withChunks(await written(srgb), [codes(1, 13)])],
    ["sRGB by numbers beside a gamma", async () => withChunks(await written(srgb), [codes(1, 13), gamma(1)])],
    ["television by numbers", async () => withChunks(await written(srgb), [codes(1, 1)])],
    ["Display P3 by numbers", async () => withChunks(await written(srgb, { mix: inP3 }), [codes(12, 13)])],
    ["BT.2020, linear, by numbers", async () => withChunks(await written(power(1), { mix: in2020 }), [codes(9, 8)])],
    ["a gamma of 2.8 by numbers", async () => withChunks(await written(power(1 / 2.8)), [codes(1, 5)])],
    [
      "video levels by numbers",
      async () => withChunks(await written((value) => (16 + 219 * srgb(value)) / 255, { bits: 8 }), [codes(1, 13, 0)]),
    ],
    ["numbers that no standard defines", async () => withChunks(await written(srgb), [codes(1, 200)])],
    [
      "sRGB by numbers against a profile",
      async () => {
        const foreign = await sharp(await written(srgb))
          .withIccProfile("p3")
          .png()
          .toBuffer();
        const profile = pngChunks(foreign).find(({ type }) => type === "iCCP")?.data ?? Buffer.of();
        return withChunks(await written(srgb), [codes(1, 13), ["iCCP", profile]]);
      },
    ],
  ])("are right: %s", async (_, photo) => {
    expect(await difference(await photo())).toBeLessThan(1.5);
  });

  it.each<[string, () => Promise<Buffer>, string]>([
    ["PQ", async () => withChunks(await written(power(0.3), { mix: in2020 }), [codes(9, 16)]), "hdr-png"],
    ["HLG", async () => withChunks(await written(power(0.5)), [codes(9, 18)]), "hdr-png"],
    [
      "a profile that stands for PQ by its name",
      async () => withChunks(await written(srgb), [["iCCP", Buffer.from("ITUR_2100_PQ_FULL\0\0x")]]),
      "hdr-png",
    ],
    ["a profile with the number of PQ", async () => hdr((photo) => photo.jpeg()), "hdr-jpeg"],
    ["a profile with the number of PQ", async () => hdr((photo) => photo.webp()), "hdr-webp"],
    ["a profile with the number of PQ", async () => hdr((photo) => photo.png()), "hdr-png"],
  ])("are named where there is no telling: %s", async (_, photo, format) => {
    expect(await inspector.inspect(await photo())).toStrictEqual(
      err({ type: "photo-rejected", rejection: { code: "unsupported-format", format } }),
    );
  });

  it.each([8, 16])("are right: greys of %i bits in linear light", async (bits) => {
    const pixels = await drawPhoto(size).toColourspace("b-w").raw().toBuffer();
    const most = 2 ** bits - 1;
    const values = new (bits === 16 ? Uint16Array : Uint8Array)(pixels.length);
    for (const [at, value] of pixels.entries()) values[at] = Math.round(most * lightOf(value));
    const image = sharp(values, { raw: { ...size, channels: 1 } });
    const png = await (bits === 16 ? image.toColourspace("grey16") : image.toColourspace("b-w")).png().toBuffer();
    expect(await sharp(png).metadata()).toMatchObject({ channels: 1, depth: bits === 16 ? "ushort" : "uchar" });
    const picture = Promise.resolve(Buffer.from(Array.from(pixels, (value) => [value, value, value]).flat()));
    // The darkest greys are few in 8 bits of linear light.
    expect(await difference(withChunks(png, [gamma(1)]), picture)).toBeLessThan(bits === 16 ? 1.5 : 2);
  });
});
