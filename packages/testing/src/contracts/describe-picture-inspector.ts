import { describe, expect, it } from "vitest";
import { pictureLimits, type PictureInspector, type PictureType } from "@likeness/core";
import fc from "fast-check";
import { err, ok } from "neverthrow";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { pictureBytes } from "../fixtures/picture-bytes.ts";

const types = ["image/jpeg", "image/png", "image/webp"] as const satisfies readonly PictureType[];

const notAPicture = err({ type: "not-a-picture", detail: expect.any(String) });
const naming = (number: number | string) =>
  err({ type: "not-a-picture", detail: expect.stringContaining(`${number}`) });
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

/** The contract of a `PictureInspector`. `create` is called once per test. */
export function describePictureInspector(name: string, create: () => Promise<PictureInspector>): void {
  describe(`PictureInspector: ${name}`, () => {
    it.each(types)("says what a picture is: %s", async (contentType) => {
      const inspector = await create();
      for (const black of [false, true]) {
        const facts = { contentType, width: 864, height: 1_152, black };
        expect(await inspector.inspect(pictureBytes(facts))).toStrictEqual(ok(facts));
      }
    });

    it("says the same about the same bytes, also in parallel, and leaves them as they are", async () => {
      const inspector = await create();
      const picture = pictureBytes();
      const digest = digestOf(picture);
      const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => inspector.inspect(picture)));
      for (const other of others) expect(other).toStrictEqual(first);
      expect(digestOf(picture)).toBe(digest);
    });

    it("reads a picture that is a part of a larger buffer", async () => {
      const inspector = await create();
      const picture = pictureBytes({ width: 40, height: 30 });
      const larger = Uint8Array.from(Buffer.concat([Buffer.alloc(1_000, "\xff\xd8"), picture, Buffer.alloc(1_000)]));
      expect(await inspector.inspect(larger.subarray(1_000, 1_000 + picture.length))).toStrictEqual(
        ok({ contentType: "image/jpeg", width: 40, height: 30, black: false }),
      );
    });

    it.each([
      ["no bytes", ""],
      ["HTML", "<!doctype html><title>Not found</title>"],
      ["JSON", '{"detail":"Not found"}'],
      [
        "a GIF",
        "GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
      ],
      ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'],
      ["a PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3"],
      ["the start of a JPEG", "\xff\xd8\xff"],
      ["the start of a PNG", "\x89PNG\r\n\x1a\n"],
      ["the start of a WebP", "RIFF\x04\0\0\0WEBP"],
    ])("refuses %s", async (_, text) => {
      const inspector = await create();
      expect(await inspector.inspect(bytesOf(text))).toStrictEqual(notAPicture);
    });

    it("says nothing of the bytes that it refuses", async () => {
      const inspector = await create();
      const refused = await inspector.inspect(bytesOf("<html>a secret</html>"));
      expect(JSON.stringify(refused)).not.toMatch(/secret|html/);
    });

    it("refuses more bytes than the limit, and names the number", async () => {
      const inspector = await create();
      const tooLarge = new Uint8Array(pictureLimits.bytes + 1);
      tooLarge.set(pictureBytes());
      expect(await inspector.inspect(tooLarge)).toStrictEqual(naming(tooLarge.length));
    });

    it.each(types)("refuses 14,000 × 14,000 pixels by the header, and names the numbers: %s", async (contentType) => {
      const inspector = await create();
      const huge = pictureBytes({ contentType, width: 14_000, height: 14_000 });
      expect(await inspector.inspect(huge)).toStrictEqual(naming("14000 × 14000"));
    });

    it("takes a picture that just reaches the limit, and not one pixel row more", async () => {
      const inspector = await create();
      const facts = { contentType: "image/jpeg", width: 10_000, height: 5_000, black: false } as const;
      expect(await inspector.inspect(pictureBytes(facts))).toStrictEqual(ok(facts));
      expect(await inspector.inspect(pictureBytes({ ...facts, height: 5_001 }))).toStrictEqual(naming("10000 × 5001"));
    });

    it.each(types)("refuses what is cut, wherever that is: %s", async (contentType) => {
      const inspector = await create();
      const picture = pictureBytes({ contentType, width: 200, height: 150 });
      await fc.assert(
        fc.asyncProperty(fc.nat(picture.length - 1), async (length) => {
          expect(await inspector.inspect(picture.subarray(0, length))).toStrictEqual(notAPicture);
        }),
        { numRuns: 30 },
      );
    });

    it("refuses noise, also behind the start of a picture", async () => {
      const inspector = await create();
      const starts = fc.constantFrom("", "\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "RIFF\x40\0\0\0WEBPVP8 ");
      await fc.assert(
        fc.asyncProperty(starts, fc.uint8Array({ maxLength: 500 }), async (start, noise) => {
          const bytes = Uint8Array.from([...bytesOf(start), ...noise]);
          expect(await inspector.inspect(bytes)).toStrictEqual(notAPicture);
        }),
        { numRuns: 50 },
      );
    });
  });
}
