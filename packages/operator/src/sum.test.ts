import { expect, it } from "vitest";
import { sum } from "./sum.ts";

it.each([
  [100, "XTR", "100 Stars"],
  [1_250, "EUR", "12.50 EUR"],
  [1_250, "JPY", "1250 JPY"],
  [30, "credits", "30 credits"],
  [7, "not a currency", "7 not a currency"],
] as const)("writes %d of %s as %s", (amount, currency, text) => {
  expect(sum(amount, currency)).toBe(text);
});
