import { expect, it } from "vitest";
import type { ChatMessage } from "../../protocol.ts";
import { nameOf, textsBelow } from "./captions.ts";

const photo = { url: "/files/photo", width: 960, height: 1200 };
const message = (more: Partial<ChatMessage>): ChatMessage => ({
  id: 1,
  from: "bot",
  at: 0,
  edited: false,
  text: "",
  entities: [],
  buttons: [],
  ...more,
});

it("puts a caption below a picture, or below an album where it is the only one", () => {
  const one = message({ photo, text: "One" });
  expect(textsBelow([one])).toStrictEqual([one]);
  expect(textsBelow([one, message({ photo })])).toStrictEqual([one]);
  expect(textsBelow([one, message({ photo, text: "Two" })])).toStrictEqual([]);
  expect(textsBelow([message({ document: { url: "", name: "a.jpg" }, text: "One" })])).toStrictEqual([]);
});

it("calls a picture by its place, its author and its caption", () => {
  expect(nameOf(message({ photo, text: "Ada\n\nMade with AI" }), "Likeness", "1 of 4")).toBe(
    "Photo 1 of 4 from Likeness: Ada · Made with AI",
  );
  expect(nameOf(message({ photo, from: "person" }), "Likeness")).toBe("Photo from you");
});
