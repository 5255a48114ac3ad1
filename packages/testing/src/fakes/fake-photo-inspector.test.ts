import { describe, expect, it } from "vitest";
import type { PhotoRejection } from "@likeness/core";
import { err } from "neverthrow";
import { describePhotoInspector } from "../contracts/describe-photo-inspector.ts";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { fakePhotoInspector } from "./fake-photo-inspector.ts";

const refused = (reject: PhotoRejection): Uint8Array => photoBytes({ reject });

describePhotoInspector("fake", async () => ({
  inspector: fakePhotoInspector(),
  samples: {
    accepted: [photoBytes(), photoBytes()],
    alike: [photoBytes({ fingerprint: "00000000000000ff" }), photoBytes({ fingerprint: "00000000000000f0" })],
    rejected: {
      empty: new Uint8Array(),
      "not-an-image": new TextEncoder().encode("a text"),
      truncated: photoBytes().subarray(0, -1),
      "unsupported-format": refused({ code: "unsupported-format", format: "heif" }),
      "file-too-large": refused({ code: "file-too-large", bytes: 21, maximum: 20 }),
      "too-many-pixels": refused({ code: "too-many-pixels", pixels: 51, maximum: 50 }),
      "too-small": refused({ code: "too-small", side: 511, minimum: 512 }),
      "extreme-ratio": refused({ code: "extreme-ratio", ratio: 3.1, maximum: 3 }),
      "too-dark": refused({ code: "too-dark", luminance: 29, minimum: 30 }),
      "too-bright": refused({ code: "too-bright", luminance: 226, maximum: 225 }),
      "low-contrast": refused({ code: "low-contrast", contrast: 14, minimum: 15 }),
      "too-blurry": refused({ code: "too-blurry", sharpness: 39, minimum: 40 }),
    },
  },
}));

describe("fakePhotoInspector", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAggCBs3MxIgAAAABJRU5ErkJggg==",
    "base64",
  );

  it("takes a picture that it has not made, and makes a training copy of it as of its own", async () => {
    const inspector = fakePhotoInspector();
    const { facts, copy } = await valueOf(inspector.inspect(Uint8Array.from(png)));
    expect(facts).toMatchObject({ sha256: digestOf(png), width: 1_024, height: 1_280, bytes: copy.length });
    expect((await valueOf(inspector.inspect(copy))).facts.fingerprint).toBe(facts.fingerprint);
    const cut = await inspector.inspect(Uint8Array.from(png.subarray(0, -1)));
    expect(cut).toStrictEqual(err({ type: "photo-rejected", rejection: { code: "truncated" } }));
  });
});
