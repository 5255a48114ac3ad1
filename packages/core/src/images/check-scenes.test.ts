import { describe, expect, it } from "vitest";
import { checkScenes } from "./check-scenes.ts";
import type { Scene } from "./scene.ts";

const cafe: Scene = { key: "cafe", ratio: "4:5", names: { en: "Café" }, prompt: "{s} with {his} cup in {wear.suit}" };

describe("checkScenes", () => {
  it("gives the scenes back", () => {
    const scenes = [cafe, { ...cafe, key: "a-2", prompt: "Photo of {s}, {he} smiled, {wear.casual}, {wear.evening}" }];
    expect(checkScenes(scenes)).toBe(scenes);
    expect(checkScenes([])).toStrictEqual([]);
  });

  it("refuses two scenes with one key", () => {
    expect(() => checkScenes([cafe, { ...cafe, prompt: "{s}" }])).toThrow(RangeError("two scenes have the key cafe"));
  });

  it.each<[string, object]>([
    ["a key of 1 to 32", { key: "" }],
    ["a key of 1 to 32", { key: "Café" }],
    ["a key of 1 to 32", { key: "x".repeat(33) }],
    ["ratio 5:4", { ratio: "5:4" }],
    ["a name in English", { names: { ru: "Кафе" } }],
    ["no empty names", { names: { en: "Café", ru: " " } }],
    ["its note in English", { note: { ru: "Зимой" } }],
    ["{s} exactly once", { prompt: "a café" }],
    ["{s} exactly once", { prompt: "{s} and {s}" }],
    ["{s} as a word of its own", { prompt: "{s}like face" }],
    ["{s} as a word of its own", { prompt: "no{s}" }],
    ["{her}", { prompt: "{s} with {her} cup" }],
    ["{wear.hat}", { prompt: "{s} in {wear.hat}" }],
    ["{", { prompt: "{s} in {" }],
    ["}", { prompt: "{s} in }" }],
  ])("refuses a scene and says %j", (problem, wrong) => {
    const scene = { ...cafe, ...wrong } as Scene;
    expect(() => checkScenes([scene])).toThrow(RangeError);
    expect(() => checkScenes([scene])).toThrow(problem);
  });
});
