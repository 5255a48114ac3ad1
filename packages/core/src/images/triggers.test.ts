import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Profile } from "../trainings/profile.ts";
import { takeSnapshot } from "../trainings/training-snapshot.ts";
import { anyCharacters, anyText, triggersIn } from "./__fixtures__/texts.ts";
import { oneLine } from "./one-line.ts";
import { withoutTriggers } from "./triggers.ts";

describe("withoutTriggers", () => {
  it.each([
    ["a café at night", "a café at night"],
    ["by the sea TOK_0a1b2c3d", "by the sea"],
    ["with tok_0A1B2C3D and Tok_ffffffff, smiling", "with and smiling"],
    ["in front of TOK_0a1b2c3d's house", "in front of 's house"],
    ["ＴＯＫ＿０ａ１ｂ２ｃ３ｄ by the sea", "by the sea"],
    ["𝐓𝐎𝐊_𝟎𝐚𝟏𝐛𝟐𝐜𝟑𝐝 by the sea", "by the sea"],
    ["ⓉⓄⓀ_0a1b2c3d by the sea", "by the sea"],
    ["T\u200BO\u00ADK\u2060_0\u200Da1b2c3d\uFE0F by the sea", "by the sea"],
    ["T\u0301ÓK_0à1b2c3d\u0323 by the sea", "by the sea"],
    ["moreTOK_0a1b2c3d4", "more 4"],
    ["TOK_TOK_0a1b2c3d0a1b2c3d", "TOK_ 0a1b2c3d"],
    ["TOK_0a1b2c3 and TOK_0a1b2c3g and TOKYO_12345678", "TOK_0a1b2c3 and TOK_0a1b2c3g and TOKYO_12345678"],
    ["TOK_0a1b2c3d", ""],
  ])("makes %j %j", (line, rest) => {
    expect(withoutTriggers(line)).toBe(rest);
  });

  it.each([
    ["TOK_0a1b2c3d woman, on a beach", "on a beach"],
    ["TOK_0a1b2c3d on a beach", "on a beach"],
    ["tok_ffffffff man TOK_0a1b2c3d person, on a beach", "on a beach"],
    ["TOK_0a1b2c3d mankind, on a beach", "mankind, on a beach"],
    ["a beach, in the style of TOK_0a1b2c3d", "a beach"],
    ["a beach in the style of TOK_0a1b2c3d", "a beach"],
    ["a beach, in the style of TOK_0a1b2c3d at night", "a beach, in the style of at night"],
  ])("takes what we add to a trigger with it: %j becomes %j", (line, rest) => {
    expect(withoutTriggers(line)).toBe(rest);
  });

  it("leaves no trigger in any text", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const rest = withoutTriggers(oneLine(text));
        expect(triggersIn(rest).flat()).toStrictEqual([]);
        expect(withoutTriggers(rest)).toBe(rest);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps every text that has no trigger", () => {
    fc.assert(
      fc.property(anyCharacters, (text) => {
        const line = oneLine(text);
        fc.pre(!/_/.test(line.normalize("NFKC")));
        expect(withoutTriggers(line)).toBe(line);
      }),
    );
  });

  it("knows the triggers with which models are trained", () => {
    const profile: Profile = {
      kind: "portrait",
      endpoint: "fake/trainer",
      triggerField: "trigger",
      input: {},
      presets: { fast: { steps: 1 }, balanced: { steps: 1 }, quality: { steps: 1 } },
      photos: { minimum: 1, maximum: 1 },
      pricePerStep: 0,
    };
    for (const id of [randomUUID(), randomUUID().toUpperCase()])
      expect(withoutTriggers(`a photo of ${takeSnapshot(id, profile, "fast", []).trigger}`)).toBe("a photo of");
  });
});
