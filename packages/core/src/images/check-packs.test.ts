import { describe, expect, it } from "vitest";
import { checkPacks, packsWithin } from "./check-packs.ts";
import type { Pack } from "./pack.ts";
import { defaultPacks, defaultScenes } from "./scenes.ts";

const outside: Pack = { key: "outside", names: { en: "Outside" }, scenes: ["street", "steppe"] };

describe("checkPacks", () => {
  it("gives the packs back", () => {
    expect(checkPacks(defaultPacks, defaultScenes)).toBe(defaultPacks);
    expect(checkPacks([], defaultScenes)).toStrictEqual([]);
  });

  it("refuses two packs with one key", () => {
    expect(() => checkPacks([outside, outside], defaultScenes)).toThrow(RangeError("two packs have the key outside"));
  });

  it.each<[string, Partial<Pack>]>([
    ["a key of 1 to 32", { key: "Out side" }],
    ["a name in English", { names: { ru: "Снаружи" } as unknown as Pack["names"] }],
    ["needs a scene", { scenes: [] }],
    ["a scene twice", { scenes: ["street", "street"] }],
    ['the scene "moon"', { scenes: ["street", "moon"] }],
  ])("refuses a pack and says %j", (problem, wrong) => {
    expect(() => checkPacks([{ ...outside, ...wrong }], defaultScenes)).toThrow(problem);
  });
});

describe("packsWithin", () => {
  it("leaves out the scenes that a catalogue does not have, and packs without any", () => {
    const scenes = defaultScenes.filter(({ key }) => key === "street");
    expect(packsWithin([outside, { ...outside, key: "other", scenes: ["oil"] }], scenes)).toStrictEqual([
      { ...outside, scenes: ["street"] },
    ]);
  });
});
