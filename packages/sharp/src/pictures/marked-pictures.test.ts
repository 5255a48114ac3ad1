import { iptcMarker, type PictureType } from "@likeness/core";
import { pictureBytes, valueOf } from "@likeness/testing";
import ExifReader from "exifreader";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { drawPhoto } from "../__fixtures__/drawn-photo.ts";
import { sharpPictures } from "./sharp-pictures.ts";

const mark = (bytes: Uint8Array, contentType: PictureType): Uint8Array =>
  iptcMarker.mark(bytes, { contentType, madeAt: "2026-11-30T06:00:00.000Z", model: "example/pictures" });

const source = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
const pixelsOf = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer({ resolveWithObject: true });
function readXmp(bytes: Uint8Array): object {
  const { xmp = {} } = ExifReader.load(Buffer.from(bytes), { expanded: true });
  return Object.fromEntries(Object.entries(xmp).filter(([name]) => name !== "_raw"));
}

const drawn = () => drawPhoto({ width: 200, height: 152 });
const xmp =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="a tool"/></rdf:RDF></x:xmpmeta>';
const withExifAndProfile = (picture: Sharp) => picture.withExif({ IFD0: { Artist: "somebody" } }).withIccProfile("p3");
const withEverything = (picture: Sharp) => withExifAndProfile(picture).withXmp(xmp);

const pictures: readonly [string, PictureType, () => Sharp][] = [
  ["a JPEG", "image/jpeg", () => drawn().jpeg()],
  ["a progressive JPEG", "image/jpeg", () => drawn().jpeg({ progressive: true })],
  [
    "a JPEG with Exif data",
    "image/jpeg",
    () =>
      drawn()
        .withExif({ IFD0: { Artist: "somebody" } })
        .jpeg(),
  ],
  ["a JPEG with a profile", "image/jpeg", () => drawn().withIccProfile("p3").jpeg()],
  ["a JPEG with Exif data, a profile and XMP", "image/jpeg", () => withEverything(drawn()).jpeg()],
  ["a PNG", "image/png", () => drawn().png()],
  ["an interlaced PNG", "image/png", () => drawn().png({ progressive: true })],
  ["a PNG with a palette", "image/png", () => drawn().png({ palette: true })],
  ["a PNG with Exif data and a profile", "image/png", () => withExifAndProfile(drawn()).png()],
  ["a WebP", "image/webp", () => drawn().webp()],
  ["a transparent WebP", "image/webp", () => drawn().ensureAlpha(0.5).webp()],
  ["a lossless WebP", "image/webp", () => drawn().webp({ lossless: true })],
  ["a lossless transparent WebP", "image/webp", () => drawn().ensureAlpha(0.5).webp({ lossless: true })],
  ["a WebP with Exif data, a profile and XMP", "image/webp", () => withEverything(drawn()).webp()],
];

describe.each(pictures)("%s with the mark", (_, contentType, draw) => {
  const original = draw().toBuffer();
  const marked = original.then((bytes) => mark(bytes, contentType));

  it("has the same pixels", async () => {
    expect(await pixelsOf(await marked)).toStrictEqual(await pixelsOf(await original));
  });

  it("is read by a program that is not ours", async () => {
    expect(readXmp(await original)).not.toHaveProperty("DigitalSourceType");
    expect(readXmp(await marked)).toHaveProperty("DigitalSourceType.value", source);
    expect(readXmp(await marked)).toMatchObject(readXmp(await original));
  });

  it("keeps its other metadata", async () => {
    const metadata = async (bytes: Uint8Array) => {
      const { xmp: _xmp, xmpAsString: _text, size: _size, ...others } = await sharp(bytes).metadata();
      return others;
    };
    expect(await metadata(await marked)).toStrictEqual(await metadata(await original));
  });

  it("has one packet, which sharp finds too", async () => {
    const { xmp: packet } = await sharp(await marked).metadata();
    expect(packet?.toString()).toContain(source);
    expect(
      Buffer.from(await marked)
        .toString("latin1")
        .split("<rdf:RDF"),
    ).toHaveLength(2);
  });

  it("is a picture for the inspector, and stays as it is when it is marked again", async () => {
    const facts = { contentType, width: 200, height: 152, black: false };
    expect(await valueOf(sharpPictures(sharp).inspect(await marked))).toStrictEqual(facts);
    expect(mark(await marked, contentType)).toBe(await marked);
  });

  it("is never a picture any more once it is cut, and no mark is made in what is left", async () => {
    const whole = await marked;
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const cut = whole.subarray(0, length);
        expect(mark(cut, contentType)).toBe(cut);
        expect((await sharpPictures(sharp).inspect(cut)).isErr()).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a PNG with a compressed packet, as sharp writes it", () => {
  it("stays as it is", async () => {
    const png = await drawn().withXmp(xmp).png().toBuffer();
    expect(mark(png, "image/png")).toBe(png);
  });
});

describe("a picture of the fakes with the mark", () => {
  it.each<PictureType>(["image/jpeg", "image/png", "image/webp"])("is what it was: %s", async (contentType) => {
    const picture = pictureBytes({ contentType, width: 64, height: 48 });
    const marked = mark(picture, contentType);
    expect(await pixelsOf(marked)).toStrictEqual(await pixelsOf(picture));
    expect(readXmp(marked)).toHaveProperty("DigitalSourceType.value", source);
  });
});
