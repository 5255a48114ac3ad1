import { describe, expect, it } from "vitest";
import { genders } from "../avatars/avatar.ts";
import { checkPacks } from "./check-packs.ts";
import { checkScenes } from "./check-scenes.ts";
import { writePrompt } from "./prompt.ts";
import { defaultPacks, defaultScenes, firstLookScenes } from "./scenes.ts";

const keys = defaultScenes.map(({ key }) => key);
const trigger = "TOK_0a1b2c3d";

describe("the default scenes", () => {
  it("are a valid catalogue of 24", () => {
    expect(checkScenes(defaultScenes)).toHaveLength(24);
  });

  it("have different names in each language, short enough for two buttons in a row", () => {
    for (const locale of ["en", "ru", "kk"]) {
      const names = defaultScenes.map(({ names: translations }) => translations[locale] ?? "");
      expect(new Set(names).size).toBe(24);
      for (const name of names) expect(name.length).toBeLessThanOrEqual(20);
    }
    for (const { names } of [...defaultScenes, ...defaultPacks]) {
      expect(names["ru"]).toMatch(/[а-яё]/i);
      expect(names["kk"]).toMatch(/[а-яёәғқңөұүһі]/i);
    }
  });

  it("say that a picture like an ID photo is no document photo", () => {
    expect(defaultScenes.find(({ key }) => key === "passport-like")?.note).toStrictEqual({
      en: "Not valid as a photo for documents.",
      ru: "Для документов такое фото не подойдёт.",
      kk: "Мұндай фотосурет құжатқа жарамайды.",
    });
  });

  it("belong to one of two packs each, and some to a selection", () => {
    const [portraits, creative, ...selections] = checkPacks(defaultPacks, defaultScenes);
    expect([...(portraits?.scenes ?? []), ...(creative?.scenes ?? [])]).toStrictEqual(keys);
    expect(selections.map(({ scenes }) => scenes.length)).toStrictEqual([5, 5]);
  });

  it("contain all of the first look", () => {
    for (const key of firstLookScenes) expect(keys).toContain(key);
  });

  it.each(genders)("become prompts without gaps for a %s person and for a style", (gender) => {
    for (const { prompt: template } of defaultScenes)
      for (const kind of ["portrait", "style"] as const) {
        const prompt = writePrompt({ avatar: { kind, gender }, trigger, template });
        expect(prompt).not.toMatch(/[{}]| {2}/);
        expect(prompt.split(trigger)).toHaveLength(2);
      }
  });
});
