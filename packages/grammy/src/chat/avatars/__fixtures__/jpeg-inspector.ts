import { createHash } from "node:crypto";
import type { PhotoInspector } from "@likeness/core";
import { somePhotoFacts } from "@likeness/testing";
import { okAsync } from "neverthrow";
import sharp from "sharp";

/** A real picture. */
export const jpeg = async (colour: string): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp({ create: { width: 64, height: 80, channels: 3, background: colour } })
      .jpeg()
      .toBuffer(),
  );

/** Accepts every photo, and returns its bytes with this many more appended. */
export const acceptingInspector = (padding = 0): PhotoInspector => ({
  inspect: (bytes) => {
    const copy = new Uint8Array(bytes.length + padding);
    copy.set(bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return okAsync({ facts: somePhotoFacts({ sha256, bytes: copy.length }), copy });
  },
});
