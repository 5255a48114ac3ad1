import type { PhotoRejection } from "@likeness/core";
import { describePhotoInspector } from "../contracts/describe-photo-inspector.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
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
