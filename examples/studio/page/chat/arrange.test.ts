import { expect, it } from "vitest";
import type { ChatMessage } from "../../protocol.ts";
import { dayOf } from "../clock-time.ts";
import { arrange } from "./arrange.ts";

const noon = new Date(2026, 10, 20, 12).getTime() / 1000;
const message = (id: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  from: "person",
  at: noon,
  edited: false,
  text: "",
  entities: [],
  buttons: [],
  ...more,
});

const day = dayOf(noon * 1000);
const today = { type: "day", key: `day ${day}`, day };

it("puts an album together, also when another message came in between", () => {
  const [one, other, two] = [message(1, { album: "a" }), message(2, { from: "bot" }), message(3, { album: "a" })];
  expect(arrange([one, other, two])).toStrictEqual([
    today,
    { type: "bubble", key: "1", first: one, messages: [one, two] },
    { type: "bubble", key: "2", first: other, messages: [other] },
  ]);
});

it("says when another day begins, and keeps lines without an author apart", () => {
  const [one, line] = [message(1), message(1.001, { from: "service", at: noon + 86_400 })];
  const tomorrow = dayOf((noon + 86_400) * 1000);
  expect(arrange([one, line])).toStrictEqual([
    today,
    { type: "bubble", key: "1", first: one, messages: [one] },
    { type: "day", key: `day ${tomorrow}`, day: tomorrow },
    { type: "service", key: "1.001", message: line },
  ]);
});
