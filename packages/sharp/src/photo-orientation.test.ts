import { deflateSync } from "node:zlib";
import { valueOf } from "@likeness/testing";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPhoto } from "./__fixtures__/drawn-photo.ts";
import { withChunks, type PngPart } from "./__fixtures__/png-parts.ts";
import { sharpInspector } from "./sharp-inspector.ts";

const inspector = sharpInspector(sharp);
const lying = drawPhoto({ width: 700, height: 520 }).png().toBuffer();
const copyOf = async (photo: Uint8Array) => (await valueOf(inspector.inspect(photo))).copy;

/** As sharp turns it, which is held against the specification in the tests of the training copy. */
const turned = async (orientation: number) =>
  copyOf(await drawPhoto({ width: 700, height: 520 }).withMetadata({ orientation }).png().toBuffer());

/** Two entries, the second of them the orientation. */
const exif = {
  "big-endian": (orientation: number) => Buffer.from([...ascii("MM\0*\0\0\0\x08\0\x02"), ...entries.big(orientation)]),
  "little-endian": (orientation: number) =>
    Buffer.from([...ascii("II*\0\x08\0\0\0\x02\0"), ...entries.little(orientation)]),
} as const;

const ascii = (text: string) => Buffer.from(text, "latin1");
const entries = {
  big: (orientation: number) =>
    ascii(
      `\x01\0\0\x04\0\0\0\x01\0\0\x02\xbc\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0\0\0\0\0`,
    ),
  little: (orientation: number) =>
    ascii(
      `\0\x01\x04\0\x01\0\0\0\xbc\x02\0\0\x12\x01\x03\0\x01\0\0\0${String.fromCharCode(orientation)}\0\0\0\0\0\0\0`,
    ),
};

const chunk = (orientation: number): PngPart => ["eXIf", exif["big-endian"](orientation)];

/** As ImageMagick writes it: a name, the number of bytes, digits in lines of 72. */
function rawProfile(name: string, orientation: number): Buffer {
  const bytes = Buffer.concat([ascii("Exif\0\0"), exif["little-endian"](orientation)]);
  const lines = bytes.toString("hex").match(/.{1,72}/g) ?? [];
  return ascii(`\n${name}\n${String(bytes.length).padStart(8)}\n${lines.join("\n")}\n`);
}

const texts = {
  tEXt: (orientation) => ["tEXt", Buffer.concat([ascii("Raw profile type exif\0"), rawProfile("exif", orientation)])],
  zTXt: (orientation) => [
    "zTXt",
    Buffer.concat([ascii("Raw profile type exif\0\0"), deflateSync(rawProfile("exif", orientation))]),
  ],
  "zTXt of APP1": (orientation) => [
    "zTXt",
    Buffer.concat([ascii("Raw profile type APP1\0\0"), deflateSync(rawProfile("generic", orientation))]),
  ],
  iTXt: (orientation) => [
    "iTXt",
    Buffer.concat([ascii("Raw profile type exif\0\0\0en\0\0"), rawProfile("exif", orientation)]),
  ],
  "compressed iTXt": (orientation) => [
    "iTXt",
    Buffer.concat([ascii("Raw profile type exif\0\x01\0\0\0"), deflateSync(rawProfile("exif", orientation))]),
  ],
} as const satisfies Record<string, (orientation: number) => PngPart>;

describe("a PNG is upright", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("with Exif data behind the pixels: %i", async (orientation) => {
    const photo = withChunks(await lying, [], [chunk(orientation)]);
    expect(await copyOf(photo)).toStrictEqual(await turned(orientation));
  });

  it.each(Object.entries(exif))("with %s Exif data in front and behind", async (_, write) => {
    const part: PngPart = ["eXIf", write(6)];
    expect(await copyOf(withChunks(await lying, [part]))).toStrictEqual(await turned(6));
    expect(await copyOf(withChunks(await lying, [], [part]))).toStrictEqual(await turned(6));
  });

  it.each(Object.entries(texts))("with Exif data as text, in front and behind: %s", async (_, write) => {
    expect(await copyOf(withChunks(await lying, [write(8)]))).toStrictEqual(await turned(8));
    expect(await copyOf(withChunks(await lying, [], [write(8)]))).toStrictEqual(await turned(8));
  });

  it("by the first of several orientations, and by a chunk rather than a text", async () => {
    expect(await copyOf(withChunks(await lying, [chunk(6)], [chunk(3)]))).toStrictEqual(await turned(6));
    expect(await copyOf(withChunks(await lying, [texts.zTXt(3)], [chunk(6)]))).toStrictEqual(await turned(6));
  });

  it("by the first that can be read", async () => {
    const photo = withChunks(await lying, [["eXIf", ascii("garbage")]], [chunk(9), chunk(6)]);
    expect(await copyOf(photo)).toStrictEqual(await turned(6));
  });

  it.each<[string, PngPart]>([
    ["0", chunk(0)],
    ["9", chunk(9)],
    ["no Exif data", ["eXIf", Buffer.alloc(0)]],
    ["a directory out of bounds", ["eXIf", ascii("MM\0*\xff\xff\xff\xff")]],
    ["a directory cut off", ["eXIf", exif["big-endian"](6).subarray(0, 24)]],
    ["a text cut off", ["zTXt", texts.zTXt(6)[1].subarray(0, 30)]],
    ["a text without digits", ["tEXt", ascii("Raw profile type exif\0zzz")]],
    [
      "a text of 16 MiB",
      ["zTXt", Buffer.concat([ascii("Raw profile type exif\0\0"), deflateSync(Buffer.alloc(2 ** 24))])],
    ],
  ])("as it is stored when the orientation is none: %s", async (_, part) => {
    const plain = await copyOf(await lying);
    expect(await copyOf(withChunks(await lying, [], [part]))).toStrictEqual(plain);
    expect(await copyOf(withChunks(await lying, [part]))).toStrictEqual(plain);
  });
});

describe("a JPEG and a WebP", () => {
  it.each(["jpeg", "webp"] as const)("are as they are stored when the orientation is none: %s", async (format) => {
    const photo = await drawPhoto({ width: 700, height: 520 })
      .withMetadata({ orientation: 1 })
      .toFormat(format)
      .toBuffer();
    const { copy } = await valueOf(inspector.inspect(photo));
    const at = photo.indexOf(ascii("\x12\x01\x03\0\x01\0\0\0"));
    expect(at).toBeGreaterThan(0);
    for (const orientation of [0, 9, 255]) {
      const odd = Buffer.from(photo);
      odd[at + 8] = orientation;
      expect(await copyOf(odd)).toStrictEqual(copy);
    }
  });
});
