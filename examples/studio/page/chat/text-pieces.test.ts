import { expect, it } from "vitest";
import { textPieces } from "./text-pieces.ts";

const bold = { type: "bold", offset: 0, length: 7 };
const italic = { type: "italic", offset: 3, length: 6 };

it("cuts a text where its entities begin and end, also where they overlap", () => {
  expect(textPieces("one two three", [bold, italic])).toStrictEqual([
    { text: "one", entities: [bold] },
    { text: " two", entities: [bold, italic] },
    { text: " t", entities: [italic] },
    { text: "hree", entities: [] },
  ]);
});

it("counts as Telegram does, in UTF-16 units", () => {
  const code = { type: "code", offset: 3, length: 5 };
  expect(textPieces("😀 Әлия!", [{ ...code, length: 4 }])).toStrictEqual([
    { text: "😀 ", entities: [] },
    { text: "Әлия", entities: [{ ...code, length: 4 }] },
    { text: "!", entities: [] },
  ]);
});

it("leaves a plain text whole and an empty one empty", () => {
  expect(textPieces("plain", [])).toStrictEqual([{ text: "plain", entities: [] }]);
  expect(textPieces("", [])).toStrictEqual([]);
});
