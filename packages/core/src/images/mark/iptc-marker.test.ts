import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PictureType } from "../../ports/picture-inspector.ts";
import { smallPictures } from "./__fixtures__/small-pictures.ts";
import { withChunk, withPacket, withRiffChunk, withSegment, xmpNames } from "./__fixtures__/with-metadata.ts";
import { bytesOf, charactersOf, joined, spliced } from "./bytes.ts";
import { iptcMarker } from "./iptc-marker.ts";
import { newPacket } from "./xmp-packet.ts";

const mark = (bytes: Uint8Array, contentType: PictureType): Uint8Array =>
  iptcMarker.mark(bytes, { contentType, madeAt: "2026-11-30T06:00:00.000Z", model: "example/pictures" });

const typeOf = (name: string): PictureType =>
  name === "jpeg" ? "image/jpeg" : name === "png" ? "image/png" : "image/webp";

const { jpeg, png, webp } = smallPictures;
const packet = charactersOf(newPacket);
const exif = "Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0";
const other =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/jpeg"/></rdf:RDF></x:xmpmeta>';
const captured = other.replace('dc:format="image/jpeg"', 'a:DigitalSourceType="digitalCapture"');
const times = (bytes: Uint8Array, text: string): number => charactersOf(bytes).split(text).length - 1;

describe.each(Object.entries(smallPictures))("the mark in a %s", (name, picture) => {
  const marked = mark(picture, typeOf(name));

  it("is one packet, and little more", () => {
    expect(times(marked, packet)).toBe(1);
    expect(marked.length - picture.length).toBeLessThan(newPacket.length + 60);
  });

  it("is not made twice", () => {
    expect(mark(marked, typeOf(name))).toBe(marked);
  });

  it("is not put into a file that ends too early", () => {
    fc.assert(
      fc.property(fc.nat(picture.length - 1), (length) => {
        const cut = picture.subarray(0, length);
        expect(mark(cut, typeOf(name))).toBe(cut);
      }),
    );
  });

  it("is not put into a file of another format", () => {
    const types: readonly PictureType[] = ["image/jpeg", "image/png", "image/webp"];
    for (const type of types.filter((each) => each !== typeOf(name))) expect(mark(picture, type)).toBe(picture);
  });

  it("changes nothing about bytes behind the end of the picture", () => {
    const behind = bytesOf("\0\0\0\x18ftypmp42");
    expect(mark(joined(picture, behind), typeOf(name))).toStrictEqual(joined(marked, behind));
  });

  it("is made without an error whatever bytes are changed, and then not made twice", () => {
    const edits = fc.array(fc.tuple(fc.nat(picture.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(edits, fc.boolean(), (changes, before) => {
        const changed = (before ? picture : marked).slice();
        for (const [at, byte] of changes) changed[at] = byte;
        const once = mark(changed, typeOf(name));
        expect(mark(once, typeOf(name))).toStrictEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves the bytes as they are that it was given", () => {
    const given = picture.slice();
    mark(given, typeOf(name));
    expect(given).toStrictEqual(picture);
  });
});

describe("iptcMarker", () => {
  it.each<PictureType>(["image/jpeg", "image/png", "image/webp"])("returns any bytes as they are: %s", (type) => {
    const start = {
      "image/jpeg": "\xff\xd8\xff",
      "image/png": "\x89PNG\r\n\x1a\n",
      "image/webp": "RIFF\x40\0\0\0WEBPVP8X",
    };
    fc.assert(
      fc.property(fc.boolean(), fc.uint8Array({ maxLength: 300 }), (signed, noise) => {
        const bytes = signed ? joined(bytesOf(start[type]), noise) : noise;
        expect(mark(bytes, type)).toBe(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a JPEG", "image/jpeg", withSegment(jpeg, 0xeb, "JP\0\x01\0\0\0\x01")],
    ["a PNG", "image/png", withChunk(png, "caBX", "signed")],
    ["a WebP", "image/webp", withRiffChunk(smallPictures["WebP with transparency"], "C2PA", "signed")],
    ["a JPEG whose credentials lie elsewhere", "image/jpeg", withPacket.jpeg(jpeg, `${other} dcterms:provenance=""`)],
  ] as const)("leaves Content Credentials of %s alone", (_, type, signed) => {
    expect(mark(signed, type)).toBe(signed);
  });

  it.each(Object.entries(withPacket))("adds to the packet that a %s has, and makes no second one", (name, withXmp) => {
    const picture = withXmp(smallPictures[name as keyof typeof withPacket], other);
    const marked = mark(picture, typeOf(name));
    expect(times(marked, "<rdf:Description")).toBe(1);
    expect(times(marked, "trainedAlgorithmicMedia")).toBe(1);
    expect(times(marked, 'dc:format="image/jpeg"')).toBe(1);
    expect(mark(marked, typeOf(name))).toBe(marked);
  });

  it.each(Object.entries(withPacket))("leaves a %s alone that names its source", (name, withXmp) => {
    const picture = withXmp(smallPictures[name as keyof typeof withPacket], captured);
    expect(mark(picture, typeOf(name))).toBe(picture);
  });

  it("keeps Exif data of a JPEG in front", () => {
    const withExif = withSegment(jpeg, 0xe1, exif);
    const end = 2 + 2 + 2 + exif.length;
    const segment = bytesOf(`\xff\xe1\x01\xa8${xmpNames.jpeg}${packet}`);
    expect(mark(withExif, "image/jpeg")).toStrictEqual(spliced(withExif, end, end, segment));
  });

  it("reads a JPEG with filling between its segments", () => {
    const filled = spliced(jpeg, 2, 2, Uint8Array.of(0xff, 0xff));
    expect(times(mark(filled, "image/jpeg"), packet)).toBe(1);
  });

  it("leaves a JPEG alone that names its source where its packet goes on", () => {
    const long = withSegment(withPacket.jpeg(jpeg, other), 0xe1, `http://ns.adobe.com/xmp/extension/\0${captured}`);
    expect(mark(long, "image/jpeg")).toBe(long);
  });

  it("leaves a JPEG alone whose packet has no room left in its segment", () => {
    const full = withPacket.jpeg(jpeg, other.padEnd(65_500));
    expect(mark(full, "image/jpeg")).toBe(full);
  });

  it.each([
    ["compressed", "iTXt", "XML:com.adobe.xmp\0\x01\0\0\0x\x9c"],
    ["as a raw profile", "zTXt", "Raw profile type xmp\0\0x\x9c"],
  ])("leaves a PNG alone with a packet that it does not read: %s", (_, type, data) => {
    const unread = withChunk(png, type, data);
    expect(mark(unread, "image/png")).toBe(unread);
  });

  it("says in a WebP how large it is, and that it has a packet", () => {
    const begin = (bytes: Uint8Array) => charactersOf(bytes.subarray(8, 30));
    expect(begin(mark(webp, "image/webp"))).toBe("WEBPVP8X\x0a\0\0\0\x04\0\0\0\x0f\0\0\x0b\0\0");
    const transparent = "WEBPVP8X\x0a\0\0\0\x14\0\0\0\x0f\0\0\x0b\0\0";
    expect(begin(mark(smallPictures["lossless WebP with transparency"], "image/webp"))).toBe(transparent);
    expect(begin(mark(smallPictures["WebP with transparency"], "image/webp"))).toBe(transparent);
  });
});
