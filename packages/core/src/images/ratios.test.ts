import { describe, expect, it } from "vitest";
import { ratios, sizes } from "./ratios.ts";

describe.each(ratios)("the size of %s", (ratio) => {
  const { width, height } = sizes[ratio];

  it("consists of multiples of 16 and is billed as one megapixel", () => {
    expect(width % 16).toBe(0);
    expect(height % 16).toBe(0);
    expect(width * height).toBeLessThanOrEqual(1_000_000);
    expect(width * height).toBeGreaterThan(950_000);
  });

  it("has the shape that its name says, within 2 %", () => {
    const [across = 0, down = 0] = ratio.split(":").map(Number);
    expect(Math.abs(width / height / (across / down) - 1)).toBeLessThan(0.02);
  });
});
