import { valueOf } from "@likeness/testing";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPhoto, plain } from "./__fixtures__/drawn-photo.ts";
import { jpegMarkers } from "./__fixtures__/jpeg-markers.ts";
import { sharpInspector } from "./sharp-inspector.ts";

/** Plain colours are no photos: these tests look at nothing but the copy. */
const copier = sharpInspector(sharp, { minimumContrast: 0, minimumSharpness: 0 });
const copyOf = async (photo: Uint8Array) => Buffer.from((await valueOf(copier.inspect(photo))).copy);

async function colourAt(copy: Uint8Array, left: number, top: number): Promise<number[]> {
  const pixel = await sharp(copy).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...pixel];
}

const colours = { red: [200, 40, 40], green: [40, 160, 40], blue: [40, 40, 200], white: [230, 230, 230] } as const;
type Colour = keyof typeof colours;

const near = (colour: readonly number[], within = 4) =>
  colour.map((channel) => expect.toSatisfy((value: number) => Math.abs(value - channel) <= within));

/** Four quadrants: top left, top right, bottom left, bottom right. */
async function quadrants(width: number, height: number, corners: readonly Colour[]): Promise<Buffer> {
  const quadrant = { width: width / 2, height: height / 2, channels: 3 as const };
  const tiles = corners.map((colour, index) => {
    const [r, g, b] = colours[colour];
    const [left, top] = [(index % 2) * quadrant.width, Math.floor(index / 2) * quadrant.height];
    return { input: { create: { ...quadrant, background: { r, g, b } } }, left, top };
  });
  const canvas = sharp({ create: { width, height, channels: 3, background: "black" } }).composite(tiles);
  return canvas.png().toBuffer();
}

describe("the training copy", () => {
  // How a camera stores a picture that is red, green, blue, white when held upright, by the Exif specification: the value
  // says where the first row and the first column of the stored picture belong. https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf
  it.each<[number, readonly Colour[]]>([
    [1, ["red", "green", "blue", "white"]],
    [2, ["green", "red", "white", "blue"]],
    [3, ["white", "blue", "green", "red"]],
    [4, ["blue", "white", "red", "green"]],
    [5, ["red", "blue", "green", "white"]],
    [6, ["green", "white", "red", "blue"]],
    [7, ["white", "green", "blue", "red"]],
    [8, ["blue", "red", "white", "green"]],
  ])("is upright whatever the Exif orientation: %i", async (orientation, stored) => {
    const [width, height] = orientation < 5 ? [800, 600] : [600, 800];
    const upright = await quadrants(width, height, stored);
    const photo = await sharp(upright).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    expect(await sharp(photo).metadata()).toMatchObject({ orientation, width, height });

    const { facts, copy } = await valueOf(copier.inspect(photo));
    expect(facts).toMatchObject({ width: 800, height: 600 });
    expect(await colourAt(copy, 200, 150)).toEqual(near(colours.red));
    expect(await colourAt(copy, 600, 150)).toEqual(near(colours.green));
    expect(await colourAt(copy, 200, 450)).toEqual(near(colours.blue));
    expect(await colourAt(copy, 600, 450)).toEqual(near(colours.white));
    expect(await sharp(copy).metadata()).not.toHaveProperty("orientation");
  });

  it("is measured upright: a tall photo stored lying is not too wide", async () => {
    const lying = await drawPhoto({ width: 1500, height: 520 }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect((await valueOf(copier.inspect(lying))).facts).toMatchObject({ width: 520, height: 1500 });
  });

  it.each(["jpeg", "png", "webp"] as const)(
    "of a %s carries no metadata: no place, no camera, no profile",
    async (format) => {
      const photo = await drawPhoto()
        .withExif({ IFD0: { Make: "TattleCam" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "43/1 15/1 0/1" } })
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><name>TattleName</name></x:xmpmeta>')
        .withIccProfile("p3")
        .toFormat(format)
        .toBuffer();
      const told = await sharp(photo).metadata();
      expect([told.exif, told.xmp, told.icc].map((block) => block instanceof Buffer)).toStrictEqual([true, true, true]);
      expect(photo.includes("TattleCam")).toBe(true);

      const copy = await copyOf(photo);
      // Tables, frame and scan: no APP0 to APP15, no comment.
      expect(new Set(jpegMarkers(copy))).toStrictEqual(new Set(["DQT", "SOF0", "DHT", "SOS"]));
      expect(copy.includes("Tattle")).toBe(false);
    },
  );

  const clay = [200, 60, 40] as const;
  it.each([
    [
      "an 8-bit photo in Display P3",
      () =>
        plain(...clay)
          .withIccProfile("p3")
          .jpeg({ quality: 95 }),
      clay,
    ],
    [
      "a 16-bit photo in Display P3",
      () =>
        plain(...clay)
          .toColourspace("rgb16")
          .withIccProfile("p3")
          .png(),
      clay,
    ],
    [
      "a 16-bit photo without a profile",
      () =>
        plain(...clay)
          .toColourspace("rgb16")
          .png(),
      clay,
    ],
    ["a palette", () => plain(...clay).png({ palette: true }), clay],
    ["greys", () => plain(90, 90, 90).toColourspace("b-w").jpeg(), [90, 90, 90]],
    ["16-bit greys", () => plain(90, 90, 90).toColourspace("grey16").png(), [90, 90, 90]],
    ["half-transparent pixels, on white", () => plain(100, 100, 100).ensureAlpha(0.5).png(), [178, 178, 178]],
    ["transparent pixels, on white", () => plain(0, 0, 0).ensureAlpha(0).webp(), [255, 255, 255]],
  ] as const)("has three channels of sRGB made from %s", async (_, draw, colour) => {
    const bright = sharpInspector(sharp, { minimumContrast: 0, minimumSharpness: 0, maximumLuminance: 255 });
    const { copy } = await valueOf(bright.inspect(await draw().toBuffer()));
    expect(await sharp(copy).metadata()).toMatchObject({ space: "srgb", channels: 3, depth: "uchar" });
    expect(await colourAt(copy, 300, 300)).toEqual(near(colour));
  });

  it("has three channels of sRGB made from a photo for print", async () => {
    const photo = await plain(...clay)
      .toColourspace("cmyk")
      .jpeg()
      .toBuffer();
    expect(await sharp(photo).metadata()).toMatchObject({ space: "cmyk", channels: 4 });
    const copy = await copyOf(photo);
    expect(await sharp(copy).metadata()).toMatchObject({ space: "srgb", channels: 3 });
    // Inks cannot show every red.
    expect(await colourAt(copy, 300, 300)).toEqual(near(clay, 40));
  });

  it("does without a colour profile that cannot be read", async () => {
    const photo = await plain(...clay)
      .withIccProfile("p3")
      .jpeg({ quality: 95 })
      .toBuffer();
    const profile = (await sharp(photo).metadata()).icc ?? Buffer.alloc(0);
    const broken = Buffer.from(photo);
    broken.write("none", photo.indexOf(profile) + profile.indexOf("acsp"), "latin1");
    expect((await valueOf(copier.inspect(broken))).facts).toMatchObject({ width: 600, height: 600 });
  });
});
