import { expect, it } from "vitest";
import { foreignText, readableJson } from "./foreign-text.ts";

it("takes marks out of a line, and isolates what runs from right to left", () => {
  expect(foreignText("Ada\u202E.gpj\u2069\u200F")).toBe("Ada.gpj");
  expect(foreignText("\u2069\u202Eשלום 1")).toBe("\u2068שלום 1\u2069");
  expect(foreignText("Әлия *_[")).toBe("Әлия *_[");
});

it("shows marks in JSON", () => {
  expect(readableJson({ text: "a\u202Eb\u061C" })).toBe('{\n  "text": "a\\u202eb\\u061c"\n}');
});
