import { sharpInspector } from "@likeness/sharp";
import sharp from "sharp";
import { expect, it } from "vitest";
import { differentAlbums, sampleAlbum } from "./sample-album.ts";

const inspector = sharpInspector(sharp);
/** Photos this near to each other count as the same picture, see docs/architecture.md. */
const nearDuplicate = 6;

function distance(one: string, other: string): number {
  const different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  return different.toString(2).replaceAll("0", "").length;
}

it.each(Array.from({ length: differentAlbums }, (_, number) => number))(
  "album %i has a dozen photos to accept, and one of each sort to refuse",
  async (seed) => {
    const fingerprints: string[] = [];
    const refused: string[] = [];
    for (const { bytes } of await sampleAlbum(seed)) {
      const verdict = await inspector.inspect(bytes);
      verdict.match(
        ({ facts: { fingerprint } }) => {
          const near = fingerprints.some((known) => distance(known, fingerprint) <= nearDuplicate);
          if (near) refused.push("near-duplicate");
          else fingerprints.push(fingerprint);
        },
        (error) => void refused.push(error.type === "photo-rejected" ? error.rejection.code : error.type),
      );
    }
    expect(fingerprints).toHaveLength(12);
    expect(refused).toStrictEqual(["too-dark", "too-blurry", "too-small", "near-duplicate", "not-an-image"]);
  },
);
