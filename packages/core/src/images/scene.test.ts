import { describe, expect, it } from "vitest";
import { nameOf, noteOf } from "./scene.ts";

const scene = { key: "cafe", names: { en: "Café", ru: "В кафе", "pt-BR": "No café" } };

describe("the name of a scene", () => {
  it.each([
    ["en", "Café"],
    ["ru", "В кафе"],
    ["ru-KZ", "В кафе"],
    ["RU_ru", "В кафе"],
    ["pt-br", "No café"],
    ["pt", "Café"],
    ["kk", "Café"],
    ["", "Café"],
    ["constructor", "Café"],
  ])("in %j is %j", (locale, name) => {
    expect(nameOf(scene, locale)).toBe(name);
  });

  it("is the key where English is missing too", () => {
    expect(nameOf({ key: "cafe", names: { en: "" } }, "de")).toBe("cafe");
  });
});

describe("the note of a scene", () => {
  it("is found like the name, or absent", () => {
    expect(noteOf({ note: { en: "Only in winter", ru: "Только зимой" } }, "ru-RU")).toBe("Только зимой");
    expect(noteOf({ note: { en: "Only in winter" } }, "de")).toBe("Only in winter");
    expect(noteOf({}, "en")).toBeUndefined();
  });
});
