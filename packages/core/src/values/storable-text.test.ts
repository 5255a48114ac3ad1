import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromStorableText, toStorableText } from "./storable-text.ts";

const anyText = fc.string({ unit: "binary" });
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
const troubling = fc
  .array(fc.constantFrom("\0", "\uFFFF", "\ud83d", "\ude00", "0000", "d", "a"))
  .map((parts) => parts.join(""));

describe("text for a store", () => {
  it.each(["", "Zoë 👩🏽‍🚀 Әлия", "a\\u0000b", "\uFFFE"])("stays as it is: %j", (text) => {
    expect(toStorableText(text)).toBe(text);
    expect(fromStorableText(text)).toBe(text);
  });

  it("holds nothing that a database refuses, and gives every text back", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits, troubling), (text) => {
        const stored = toStorableText(text);
        expect(stored).not.toMatch(/[\0\p{Surrogate}]/u);
        expect(fromStorableText(stored)).toBe(text);
      }),
    );
  });
});
