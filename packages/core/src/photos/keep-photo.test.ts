import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepted, photo, someFacts } from "./__fixtures__/photos.ts";
import { findDuplicate, hammingDistance } from "./keep-photo.ts";

const facts = (sha256: string, fingerprint: string) => someFacts({ sha256, fingerprint });

describe("findDuplicate", () => {
  const photos = [accepted(3, facts("aa", "0000000000000000")), accepted(7, facts("bb", "000000000000ffff"))];

  it("names the photo that is the same file", () => {
    expect(findDuplicate(facts("bb", "ffffffffffffffff"), photos, 6)).toStrictEqual({ code: "duplicate", of: 7 });
  });

  it("names the nearest photo that shows the same picture, and how near", () => {
    expect(findDuplicate(facts("cc", "000000000000fff8"), photos, 6)).toStrictEqual({
      code: "near-duplicate",
      of: 7,
      distance: 3,
    });
  });

  it("draws the line at the distance it is given", () => {
    expect(findDuplicate(facts("cc", "000000000000003f"), photos, 6)).toMatchObject({ of: 3, distance: 6 });
    expect(findDuplicate(facts("cc", "000000000000007f"), photos, 6)).toBeUndefined();
  });

  it("does not compare with photos that were not accepted", () => {
    const others = [
      photo(1, { status: "pending" }),
      photo(2, { status: "rejected", rejection: { code: "truncated" } }),
    ];
    expect(findDuplicate(facts("cc", "0000000000000000"), others, 6)).toBeUndefined();
  });
});

describe("hammingDistance", () => {
  const fingerprints = fc.stringMatching(/^[0-9a-f]{16}$/);

  it("is a distance", () => {
    fc.assert(
      fc.property(fingerprints, fingerprints, (left, right) => {
        const distance = hammingDistance(left, right);
        expect(distance).toBe(hammingDistance(right, left));
        expect(distance === 0).toBe(left === right);
        expect(distance).toBeLessThanOrEqual(64);
      }),
    );
  });

  it("counts differing bits", () => {
    expect(hammingDistance("ffffffffffffffff", "0000000000000000")).toBe(64);
    expect(hammingDistance("8000000000000001", "0000000000000000")).toBe(2);
  });
});
