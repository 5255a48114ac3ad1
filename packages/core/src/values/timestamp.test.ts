import { describe, expect, it } from "vitest";
import { addSeconds, secondsBetween, timestamp } from "./timestamp.ts";

describe("timestamp", () => {
  it("is fixed-width, so that the order of texts is the order of times", () => {
    const moments = [0, 999, 1_000, 59_999, 1_800_000_000_000].map(timestamp);
    expect(new Set(moments.map((moment) => moment.length))).toStrictEqual(new Set([24]));
    expect(moments.toSorted()).toStrictEqual(moments);
  });

  it("adds and subtracts seconds", () => {
    const start = timestamp(1_800_000_000_000);
    expect(secondsBetween(start, addSeconds(start, 90.5))).toBe(90.5);
    expect(secondsBetween(start, addSeconds(start, -90.5))).toBe(-90.5);
  });
});
