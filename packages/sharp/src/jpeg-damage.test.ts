import { valueOf } from "@likeness/testing";
import fc from "fast-check";
import { err } from "neverthrow";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { damages, scanStart, withBytesBefore } from "./__fixtures__/damaged-jpeg.ts";
import { drawPhoto } from "./__fixtures__/drawn-photo.ts";
import { isDamagedJpeg } from "./jpeg-damage.ts";
import { restartJpeg } from "./__fixtures__/restart-jpeg.ts";
import { sharpInspector } from "./sharp-inspector.ts";

const inspector = sharpInspector(sharp);
const truncated = err({ type: "photo-rejected", rejection: { code: "truncated" } });
const size = { width: 720, height: 560 };

/** With grain, without which a drawing has few bytes to damage; the same in every run. */
const grainy = drawGrainy();
async function drawGrainy(): Promise<Buffer> {
  const pixels = await drawPhoto(size).raw().toBuffer();
  const generator = mersenne(1);
  const grained = pixels.map((value) => Math.min(255, Math.max(0, value + uniformInt(generator, -16, 15))));
  return sharp(grained, { raw: { ...size, channels: 3 } })
    .png()
    .toBuffer();
}

const encodings = {
  "4 : 2 : 0": (photo) => photo.jpeg({ quality: 85 }),
  "4 : 4 : 4": (photo) => photo.jpeg({ quality: 90, chromaSubsampling: "4:4:4" }),
  "the tables of the standard": (photo) => photo.jpeg({ quality: 85, optimiseCoding: false }),
  progressive: (photo) => photo.jpeg({ quality: 85, progressive: true }),
  "progressive, 4 : 4 : 4": (photo) => photo.jpeg({ quality: 92, progressive: true, chromaSubsampling: "4:4:4" }),
  "scans as mozjpeg finds them": (photo) => photo.jpeg({ quality: 85, mozjpeg: true }),
  greys: (photo) => photo.toColourspace("b-w").jpeg(),
  "greys, progressive": (photo) => photo.toColourspace("b-w").jpeg({ progressive: true }),
  inks: (photo) => photo.toColourspace("cmyk").jpeg(),
} as const satisfies Record<string, (photo: Sharp) => Sharp>;

const places = 8;

describe.each(Object.entries(encodings))("a JPEG with %s", (_name, encode) => {
  const photo = grainy.then((drawn) => encode(sharp(drawn)).toBuffer());

  it("is whole as it was written", async () => {
    expect(await isDamagedJpeg(await photo)).toBe(false);
    expect((await valueOf(inspector.inspect(await photo))).facts).toMatchObject(size);
  });

  it.each(Object.entries(damages))(
    "is damaged once 4 KB of its pixels are %s, wherever that is",
    async (_damage, damage) => {
      const whole = await photo;
      const start = scanStart(whole);
      expect(whole.length - start).toBeGreaterThan(3 * 4096);
      const step = (whole.length - start - 4096 - 2) / places;
      const spots = Array.from({ length: places }, (_spot, index) => Math.floor(start + 1 + index * step));
      const found = await Promise.all(spots.map((at) => isDamagedJpeg(damage(whole, at, 4096))));
      expect(found).toStrictEqual(spots.map(() => true));
      expect(await inspector.inspect(damage(whole, spots[5] ?? 0, 4096))).toStrictEqual(truncated);
    },
  );
});

describe("a JPEG with restart markers", () => {
  it("is whole as it was written", async () => {
    expect(await isDamagedJpeg(restartJpeg)).toBe(false);
  });

  it("is damaged once one of them is missing, another one, or out of turn", async () => {
    const marker = restartJpeg.indexOf(Buffer.from([0xff, 0xd1]));
    const without = Buffer.concat([restartJpeg.subarray(0, marker), restartJpeg.subarray(marker + 2)]);
    expect(await isDamagedJpeg(without)).toBe(true);
    expect(await isDamagedJpeg(Buffer.from(restartJpeg).fill(0xd3, marker + 1, marker + 2))).toBe(true);
  });

  it.each(Object.entries(damages))("is damaged once 300 bytes of its pixels are %s", async (_, damage) => {
    const start = scanStart(restartJpeg);
    for (let at = start; at + 302 < restartJpeg.length; at += 61)
      expect(await isDamagedJpeg(damage(restartJpeg, at, 300))).toBe(true);
  });

  it("may go on behind the last row, as scanners have it", async () => {
    const [first, second] = [0xd0, 0xd1].map((name) => restartJpeg.indexOf(Buffer.from([0xff, name])));
    const interval = restartJpeg.subarray((first ?? 0) + 2, second);
    const further = Buffer.concat([Buffer.from([0xff, 0xd5]), interval, Buffer.from([0xff, 0xd6]), interval]);
    expect(await isDamagedJpeg(withBytesBefore(restartJpeg, 0xd9, further))).toBe(false);
  });
});

describe("a JPEG as cameras write it is taken", () => {
  const plain = grainy.then((drawn) => sharp(drawn).withMetadata({ orientation: 1 }).jpeg({ quality: 85 }).toBuffer());
  const video = Buffer.alloc(5_000, "\0\0\0\x18ftypmp42");
  const text = Buffer.from("made by a camera that has something to say, and says it here");

  it.each<[string, (photo: Buffer) => Buffer]>([
    ["zeros in front of the end", (photo) => withBytesBefore(photo, 0xd9, Buffer.alloc(777))],
    ["255 in front of the end", (photo) => withBytesBefore(photo, 0xd9, Buffer.alloc(16, 0xff))],
    ["two odd bytes in front of the end", (photo) => withBytesBefore(photo, 0xd9, Buffer.of(0x4d, 0x2a))],
    ["a text in front of the end", (photo) => withBytesBefore(photo, 0xd9, text)],
    ["18 odd bytes between its segments", (photo) => withBytesBefore(photo, 0xdb, Buffer.alloc(18, 7))],
    ["24 KB of odd bytes between its segments", (photo) => withBytesBefore(photo, 0xc4, Buffer.alloc(24_242, 7))],
    ["filling in front of its markers", (photo) => withBytesBefore(photo, 0xda, Buffer.alloc(7, 0xff))],
    ["bytes behind the end", (photo) => Buffer.concat([photo, video])],
    ["another picture behind the end", (photo) => Buffer.concat([photo, photo])],
    ["half a picture behind the end", (photo) => Buffer.concat([photo, photo.subarray(0, photo.length / 2)])],
    [
      "Exif data that cannot be read",
      (photo) => Buffer.from(photo).fill(0x55, photo.indexOf("Exif") + 6, photo.indexOf("Exif") + 30),
    ],
    [
      "a scan that names the coefficients of another",
      (photo) => Buffer.from(photo).fill(0, scanStart(photo) - 2, scanStart(photo) - 1),
    ],
  ])("with %s", async (_, change) => {
    const photo = await plain;
    const { copy } = await valueOf(inspector.inspect(photo));
    expect((await valueOf(inspector.inspect(change(photo)))).copy).toStrictEqual(copy);
  });
});

describe("any bytes", () => {
  it("get an answer", async () => {
    const photos = await Promise.all(
      [encodings["4 : 2 : 0"], encodings.progressive].map(async (encode) =>
        encode(sharp(await grainy).resize(64)).toBuffer(),
      ),
    );
    const whole = fc.constantFrom(...photos, restartJpeg);
    const edits = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(whole, edits, fc.double({ min: 0, max: 1, noNaN: true }), async (photo, changes, kept) => {
        const bytes = Buffer.from(photo.subarray(0, Math.ceil(photo.length * Math.max(kept, 0.2))));
        for (const [place, byte] of changes) bytes[Math.floor(place * (bytes.length - 1))] = byte;
        // Height and width: how many pixels there may be is the inspector's to limit.
        const frame = Math.max(photo.indexOf(Buffer.from([0xff, 0xc0])), photo.indexOf(Buffer.from([0xff, 0xc2])));
        photo.copy(bytes, frame + 5, frame + 5, frame + 9);
        expect(await isDamagedJpeg(bytes)).toBeTypeOf("boolean");
      }),
      { numRuns: 200 },
    );
  });
});

it("lets other work go on after every thousand units of a photo", async () => {
  const photo = await sharp(await grainy)
    .jpeg({ chromaSubsampling: "4:4:4" })
    .toBuffer();
  const units = (size.width / 8) * (size.height / 8);
  let turns = 0;
  let reading = true;
  const countTurn = (): void => {
    turns += 1;
    if (reading) setImmediate(countTurn);
  };
  setImmediate(countTurn);
  expect(await isDamagedJpeg(photo)).toBe(false);
  reading = false;
  expect(turns).toBeGreaterThanOrEqual(Math.floor(units / 1000));
});
