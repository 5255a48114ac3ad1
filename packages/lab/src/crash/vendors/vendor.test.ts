import { expect, it } from "vitest";
import { answerTo } from "./vendor.ts";

it.each([
  [[401], 401],
  [["unreachable", 401], 401],
  [["timeout", "unreachable", 401], "unreachable"],
])("sends a forged webhook once more if nothing answered: %j", async (answers, expected) => {
  const given = answers.values();
  expect(await answerTo(async () => given.next().value ?? "")).toBe(expected);
});
