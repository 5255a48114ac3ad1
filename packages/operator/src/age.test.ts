import { expect, it } from "vitest";
import { age } from "./age.ts";

it.each([
  ["2026-12-01T09:59:59.000Z", "1 s"],
  ["2026-12-01T09:59:00.000Z", "1 min"],
  ["2026-12-01T08:00:01.000Z", "1 h"],
  ["2026-11-29T10:00:00.000Z", "2 d"],
  ["2026-12-01T10:05:00.000Z", "0 s"],
])("tells the age of %s at 10:00 of the first of December as %s", (at, text) => {
  expect(age(at, "2026-12-01T10:00:00.000Z")).toBe(text);
});
