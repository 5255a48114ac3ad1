import fc from "fast-check";
import { expect, it } from "vitest";
import { shorten } from "./shorten.ts";

it("leaves alone what fits", () => {
  expect(shorten("Әлия", 4)).toBe("Әлия");
});

it("cuts between two characters and says so", () => {
  expect(shorten("Konstantin", 6)).toBe("Konst…");
  expect(shorten("👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀", 15)).toBe("👩🏽‍🚀👩🏽‍🚀…");
});

it("keeps the letter under a tower of accents", () => {
  expect(shorten(`Z${"\u0301".repeat(50)}`, 4)).toBe("Z\u0301\u0301…");
});

it("never gives more than was asked for, nor half a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 3, max: 30 }), (text, limit) => {
      const short = shorten(text, limit);
      expect(short.length).toBeLessThanOrEqual(limit);
      expect(Buffer.from(short).toString()).toBe(short);
    }),
  );
});
