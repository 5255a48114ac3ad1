import { describe, expect, it } from "vitest";
import { accepted, photo } from "./__fixtures__/photos.ts";
import { readiness } from "./readiness.ts";

describe("readiness", () => {
  it("counts accepted photos only", () => {
    const photos = [
      accepted(1),
      accepted(2),
      photo(3, { status: "pending" }),
      photo(4, { status: "rejected", rejection: { code: "empty" } }),
    ];
    expect(readiness(photos, { minimum: 3, maximum: 5 })).toStrictEqual({
      accepted: 2,
      minimum: 3,
      maximum: 5,
      missing: 1,
    });
  });

  it("misses nothing once there are enough", () => {
    expect(readiness([accepted(1), accepted(2)], { minimum: 1, maximum: 5 }).missing).toBe(0);
  });
});
