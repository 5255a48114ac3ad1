import { err } from "neverthrow";
import { valueOf } from "@likeness/testing";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { drawPhoto } from "./__fixtures__/drawn-photo.ts";
import { sharpInspector } from "./sharp-inspector.ts";

const inspector = sharpInspector(sharp);
const rejected = (rejection: object) => err({ type: "photo-rejected", rejection });
const small = () => drawPhoto({ width: 640, height: 512 });

const encodings = {
  JPEG: () => small().jpeg(),
  "progressive JPEG": () => small().jpeg({ progressive: true }),
  PNG: () => small().png(),
  "interlaced PNG": () => small().png({ progressive: true }),
  WebP: () => small().webp(),
  "lossless WebP": () => small().webp({ lossless: true, effort: 0 }),
  "WebP with transparency": () => small().ensureAlpha(0.5).webp(),
} as const satisfies Record<string, () => Sharp>;

describe.each(Object.entries(encodings))("a %s", (_, encode) => {
  const photo = encode().toBuffer();

  it("is never accepted once it is cut, wherever that is", async () => {
    const whole = await photo;
    const cuts = fc.oneof(
      fc.nat(whole.length - 1),
      fc.nat(40).map((missing) => whole.length - 1 - missing),
    );
    await fc.assert(
      fc.asyncProperty(cuts, async (length) => {
        const code =
          length === 0 ? "empty" : length < 12 ? expect.stringMatching(/^(not-an-image|truncated)$/) : "truncated";
        expect(await inspector.inspect(whole.subarray(0, length))).toStrictEqual(rejected({ code }));
      }),
      { numRuns: 60 },
    );
  });

  it("is accepted with anything behind its end, as phones put videos there", async () => {
    const { copy } = await valueOf(inspector.inspect(await photo));
    const withVideo = Buffer.concat([await photo, Buffer.alloc(5_000, "\0\0\0\x18ftypmp42")]);
    expect((await valueOf(inspector.inspect(withVideo))).copy).toStrictEqual(copy);
  });

  it("gets a verdict, not a failure, whatever bytes of it are changed", async () => {
    const whole = await photo;
    const position = fc.oneof(fc.nat(whole.length - 1), fc.nat(700));
    const changes = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(changes, async (edits) => {
        const damaged = Buffer.from(whole);
        for (const [at, byte] of edits) damaged[at] = byte;
        const verdict = await inspector.inspect(damaged);
        expect(verdict.isOk() || verdict.error.type).toSatisfy((type) => type === true || type === "photo-rejected");
      }),
      { numRuns: 60 },
    );
  });
});

describe("random bytes", () => {
  const signatures = [
    "",
    "\xff\xd8\xff",
    "\x89PNG\r\n\x1a\n",
    "RIFF\x40\0\0\0WEBPVP8 ",
    "RIFF\x40\0\0\0WEBPVP8L",
    "RIFF\x40\0\0\0WEBPVP8X",
  ];

  it("are rejected, also behind the signature of a picture", async () => {
    const bytes = fc.tuple(fc.constantFrom(...signatures), fc.uint8Array({ minLength: 1, maxLength: 2_000 }));
    await fc.assert(
      fc.asyncProperty(bytes, async ([signature, noise]) => {
        const file = Buffer.concat([Buffer.from(signature, "latin1"), noise]);
        expect(await inspector.inspect(file)).toStrictEqual(rejected(expect.anything()));
      }),
      { numRuns: 500 },
    );
  });
});
