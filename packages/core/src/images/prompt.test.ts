import fc from "fast-check";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { genders } from "../avatars/avatar.ts";
import { anyText, triggersIn } from "./__fixtures__/texts.ts";
import { writePrompt } from "./prompt.ts";
import { cleanWords } from "./words.ts";

const trigger = "TOK_0a1b2c3d";
const woman = { kind: "portrait", gender: "female" } as const;
const style = { kind: "style", gender: "female" } as const;

describe("the prompt of a portrait", () => {
  it.each([
    ["female", "TOK_0a1b2c3d woman, on a beach"],
    ["male", "TOK_0a1b2c3d man, on a beach"],
    ["unspecified", "TOK_0a1b2c3d person, on a beach"],
  ] as const)("begins with the trigger and the noun for %s", (gender, prompt) => {
    expect(writePrompt({ avatar: { kind: "portrait", gender }, trigger, words: "on a beach" })).toBe(prompt);
  });

  it.each([
    ["female", "Photo of TOK_0a1b2c3d woman in a soft knit jumper, she smiled, cup in her hand"],
    ["male", "Photo of TOK_0a1b2c3d man in a navy crew-neck jumper, he smiled, cup in his hand"],
    ["unspecified", "Photo of TOK_0a1b2c3d person in a plain jumper, they smiled, cup in their hand"],
  ] as const)("has the trigger where the template places it, and what suits %s", (gender, prompt) => {
    const template = "Photo of {s} in {wear.casual}, {he} smiled, cup in {his} hand";
    expect(writePrompt({ avatar: { kind: "portrait", gender }, trigger, template })).toBe(prompt);
  });

  it.each([
    ["a lake", "TOK_0a1b2c3d woman, a lake"],
    ["{s} and {s}", "TOK_0a1b2c3d woman and woman"],
    ["", "TOK_0a1b2c3d woman"],
    ["TOK_0a1b2c3d woman, {s} at a lake with TOK_ffffffff", "TOK_0a1b2c3d woman at a lake with"],
  ])("has the trigger once also with the template %j", (template, prompt) => {
    expect(writePrompt({ avatar: woman, trigger, template })).toBe(prompt);
  });

  it.each([
    ["", "TOK_0a1b2c3d woman"],
    ["{s} with {his} hat", "TOK_0a1b2c3d woman, {s} with {his} hat"],
    ["tok_0A1B2C3D woman, on a beach", "TOK_0a1b2c3d woman, on a beach"],
    ["TOK_ffffffff man, on a beach", "TOK_0a1b2c3d woman, on a beach"],
    ["on a beach with ＴＯＫ_0a1b2c3d", "TOK_0a1b2c3d woman, on a beach with"],
  ])("has the trigger once also with the words %j", (words, prompt) => {
    expect(writePrompt({ avatar: woman, trigger, words })).toBe(prompt);
  });
});

describe("the prompt of a style", () => {
  it.each([
    ["a lighthouse", "a lighthouse, in the style of TOK_0a1b2c3d"],
    ["A lighthouse at night.", "A lighthouse at night, in the style of TOK_0a1b2c3d"],
    ["a lighthouse, in the style of TOK_ffffffff", "a lighthouse, in the style of TOK_0a1b2c3d"],
    ["", "in the style of TOK_0a1b2c3d"],
  ])("of the words %j is %j", (words, prompt) => {
    expect(writePrompt({ avatar: style, trigger, words })).toBe(prompt);
  });

  it("has a person without a gender in place of the subject", () => {
    const template = "Photo of {s} in {wear.casual}, {he} smiled, cup in {his} hand";
    expect(writePrompt({ avatar: style, trigger, template })).toBe(
      "Photo of a person in a plain jumper, they smiled, cup in their hand, in the style of TOK_0a1b2c3d",
    );
  });
});

describe("any prompt", () => {
  const anyAvatar = fc.record({
    kind: fc.constantFrom("portrait", "style"),
    gender: fc.constantFrom(...genders),
  } as const);
  const own = ["TOK_0a1b2c3d", "tok_0a1b2c3d", "TOK_0A1B2C3D", "Tok_0a1B2c3D"];

  it("has the avatar's trigger exactly once, as a word, and no other, whatever is pasted", () => {
    fc.assert(
      fc.property(anyAvatar, anyText(...own), (avatar, words) => {
        const prompt = writePrompt({ avatar, trigger, words });
        for (const triggers of triggersIn(prompt)) expect(triggers).toStrictEqual([trigger]);
        expect(prompt.match(/(?<![\p{L}\p{M}\p{N}_])TOK_0a1b2c3d(?![\p{L}\p{M}\p{N}_])/gu)).toHaveLength(1);
        expect(prompt).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it("has it exactly once with any template too", () => {
    fc.assert(
      fc.property(anyAvatar, anyText(...own, "{s}"), (avatar, template) => {
        const prompt = writePrompt({ avatar, trigger, template });
        for (const triggers of triggersIn(prompt)) expect(triggers).toStrictEqual([trigger]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives its words when it is pasted back", () => {
    for (const avatar of [woman, style])
      for (const words of ["on a beach", "Woman in red, at sunset", "в лесу"])
        expect(cleanWords(writePrompt({ avatar, trigger, words }))).toStrictEqual(ok(words));
  });
});
