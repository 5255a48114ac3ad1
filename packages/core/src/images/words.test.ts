import fc from "fast-check";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { anyText, triggersIn } from "./__fixtures__/texts.ts";
import { cleanWords } from "./words.ts";

const refused = (reason: string): unknown => err({ type: "invalid-words", reason });
const tooLong = (length: number, limit = 1_000): unknown =>
  err({ type: "invalid-words", reason: "too-long", length, limit });

describe("a person's own words", () => {
  it.each([
    ["  on a beach at sunset ", "on a beach at sunset"],
    ["on a beach\r\nat sunset\n\nin a red coat\u2028smiling", "on a beach at sunset in a red coat smiling"],
    ["on\u0000a\tbeach\u0007", "on a beach"],
    ["cafe\u0301", "café"],
    ["half \uD83D of a pair", "half \uFFFD of a pair"],
    ["in {his} café, {s}", "in {his} café, {s}"],
    ["на пляже ☀️ в 1985", "на пляже ☀️ в 1985"],
    ["👩‍👩‍👧 a family", "👩‍👩‍👧 a family"],
    ["می‌خواهم", "می‌خواهم"],
    ["қызыл көйлекте", "қызыл көйлекте"],
    ["على الشاطئ", "على الشاطئ"],
    ["海边的日落", "海边的日落"],
    ["浜辺で", "浜辺で"],
    ["समुद्र तट", "समुद्र तट"],
    ["1985", "1985"],
    ["٤", "٤"],
    ["on a beach with TOK_ffffffff", "on a beach with"],
    ["TOK_ffffffff woman, on a beach", "on a beach"],
  ])("%j become %j", (text, words) => {
    expect(cleanWords(text)).toStrictEqual(ok(words));
  });

  it.each(["", " ", "\n\n\n\n", "\u00A0\u3000", "\u200B\uFEFF\u2060", "\u3164", "\u00AD \uFE0F", "\u0000"])(
    "are refused as empty when nothing can be seen: %j",
    (text) => {
      expect(cleanWords(text)).toStrictEqual(refused("empty"));
    },
  );

  it.each(["TOK_ffffffff", " tok_FFFFFFFF\n", "TOK_ffffffff TOK_00000000", "ＴＯＫ_ffffffff", "TOK_ffffffff woman,"])(
    "are refused as empty when they are only a trigger: %j",
    (text) => {
      expect(cleanWords(text)).toStrictEqual(refused("empty"));
    },
  );

  it.each(["🏖️", "👩🏽‍🚀👨‍👩‍👧", "🇰🇿", "1️⃣ 2️⃣ #️⃣", "ℹ️ ©️ Ⓜ️", "...", "?!", "— «»", ":-(", "\u0301", "🏖️\u3164"])(
    "are refused without letters: %j",
    (text) => {
      expect(cleanWords(text)).toStrictEqual(refused("no-letters"));
    },
  );

  it("may have 1,000 code points after they were cleaned, and are refused with both numbers beyond", () => {
    expect(cleanWords("x".repeat(1_000))).toStrictEqual(ok("x".repeat(1_000)));
    expect(cleanWords("x".repeat(1_001))).toStrictEqual(tooLong(1_001));
    expect(cleanWords(`a${"🏖".repeat(999)}`).isOk()).toBe(true);
    expect(cleanWords(`a${"🏖".repeat(1_000)}`)).toStrictEqual(tooLong(1_001));
    expect(cleanWords(`${"\n".repeat(2_000)}on a beach, in the style of TOK_ffffffff`)).toStrictEqual(ok("on a beach"));
    expect(cleanWords("cafe\u0301", 4)).toStrictEqual(ok("café"));
    expect(cleanWords("cafés", 4)).toStrictEqual(tooLong(5, 4));
  });

  it("are refused at once when they are huge", () => {
    expect(cleanWords("🏖".repeat(1_000_000))).toStrictEqual(tooLong(1_000_000));
    expect(cleanWords("\u0323\u0301".repeat(500_000))).toStrictEqual(tooLong(1_000_000));
  });

  it("are one line within the limit, without triggers, and stay the same when they are cleaned again", () => {
    fc.assert(
      fc.property(anyText(), fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const cleaned = cleanWords(text, limit);
        if (cleaned.isErr()) {
          const { error } = cleaned;
          expect(error.reason !== "too-long" || error.length > limit).toBe(true);
          return;
        }
        const words = cleaned.value;
        expect(words).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029]|^\s|\s$|\s\s/u);
        expect(words.normalize("NFC")).toBe(words);
        expect(Array.from(words).length).toBeLessThanOrEqual(limit);
        expect(triggersIn(words).flat()).toStrictEqual([]);
        expect(cleanWords(words, limit)).toStrictEqual(ok(words));
      }),
      { numRuns: 1_000 },
    );
  });
});
