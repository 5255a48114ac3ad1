import { describe, expect, it } from "vitest";
import { backOffSeconds } from "./write-outcome.ts";

/** The shortest and the longest of many, because they are drawn by lot. */
const spread = (attempts: number): readonly [number, number] => {
  const drawn = Array.from({ length: 2_000 }, () => backOffSeconds(attempts));
  return [Math.min(...drawn), Math.max(...drawn)];
};

describe("backOffSeconds", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [8, 128],
    [12, 2_048],
    [13, 3_600],
    [2_000, 3_600],
  ])("waits after %i tries for about %i seconds, and never the same", (attempts, seconds) => {
    const [shortest, longest] = spread(attempts);
    expect(shortest).toBeGreaterThanOrEqual(seconds * 0.8);
    expect(shortest).toBeLessThan(seconds * 0.9);
    expect(longest).toBeLessThanOrEqual(seconds * 1.2);
    expect(longest).toBeGreaterThan(seconds * 1.1);
  });
});
