import { expect, it } from "vitest";
import { pickLocale } from "./pick-locale.ts";

it.each([
  [undefined, "en"],
  ["", "en"],
  ["en", "en"],
  ["en-GB", "en"],
  ["ru", "ru"],
  ["ru-RU", "ru"],
  ["RU_ru", "ru"],
  ["rux", "en"],
  ["kk", "en"],
  ["toString", "en"],
])("speaks to somebody with the language %s in %s", (languageCode, locale) => {
  expect(pickLocale(languageCode)).toBe(locale);
});

it.each([
  ["de-AT", "de"],
  ["pt-br", "pt-BR"],
  ["pt", "en"],
  ["zh-hant-tw", "zh-Hant"],
  ["ru-RU", "ru"],
])("also in a language of the host: %s in %s", (languageCode, locale) => {
  expect(pickLocale(languageCode, { de: {}, "pt-BR": {}, "zh-Hant": {} })).toBe(locale);
});
