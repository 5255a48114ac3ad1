import { describe, expect, it } from "vitest";
import { cleanText } from "./clean-text.ts";

describe("cleanText", () => {
  it.each([
    ["CUDA error\u0000 at 0x0", "CUDA error at 0x0"],
    ["\u0000", ""],
    ["half \ud83d of a pair, and the other \ude00", "half \uFFFD of a pair, and the other \uFFFD"],
    ["first\r\nsecond\u2028third", "first second third"],
    ["\u001b[31mred\u001b[0m\u0007\u009f", "[31mred[0m"],
    ["Zoë 👩🏽‍🚀 Әлия", "Zoë 👩🏽‍🚀 Әлия"],
  ])("makes %j fit for people", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it("cuts what is too long, never through a character", () => {
    expect(cleanText("abcdef", 6)).toBe("abcdef");
    expect(cleanText("abcdefg", 6)).toBe("abcde…");
    expect(cleanText("x".repeat(5_000_000))).toHaveLength(500);
    expect(cleanText("👩👩👩", 4)).toBe("👩…");
  });
});
