import { describe, expect, it } from "vitest";
import { retryAfter } from "./retry-after.ts";

const now = "2026-11-23T06:00:00.000Z";

describe("retryAfter", () => {
  it.each([
    ["120", 120],
    [" 0 ", 0],
    ["Mon, 23 Nov 2026 06:01:30 GMT", 90],
    ["Mon, 23 Nov 2026 05:00:00 GMT", 0],
  ])("reads %j as %i seconds", (header, seconds) => expect(retryAfter(header, now)).toBe(seconds));

  it.each([null, "", "soon", "-5"])("finds no time in %j", (header) => expect(retryAfter(header, now)).toBeUndefined());
});
