import { timestamp } from "@likeness/core";
import { expect, it } from "vitest";
import { formatsOf } from "./formats.ts";
import * as english from "./english/formats.ts";
import * as kazakh from "./kazakh/formats.ts";
import * as russian from "./russian/formats.ts";
import { sayIn } from "./say.ts";

const at = timestamp(Date.UTC(2026, 10, 30, 23, 59));

const written = ({ number, range, percent, listed, day, shortDay, timeUntil }: typeof english | typeof kazakh) => [
  number(1_234_567.54),
  range(10, 20),
  range(10, 10),
  percent(45),
  listed(["A"]),
  listed(["A", "B"]),
  listed(["A", "B", "C"]),
  day(at),
  shortDay(at),
  timeUntil(61),
  timeUntil(3_601),
];

// https://cldr.unicode.org, as the engine has it. Spaces within a number and before a sign do not break.
it.each([
  [
    "English",
    english,
    ["1,234,567.5", "10–20", "10", "45%", "A", "A and B", "A, B and C"],
    ["30 November 2026", "30 Nov 2026", "in 2 minutes", "in 2 hours"],
  ],
  [
    "Russian",
    russian,
    ["1\u00a0234\u00a0567,5", "10–20", "10", "45\u00a0%", "A", "A и B", "A, B и C"],
    ["30 ноября 2026 г.", "30 нояб. 2026 г.", "через 2 минуты", "через 2 часа"],
  ],
  [
    "Kazakh",
    kazakh,
    ["1\u00a0234\u00a0567,5", "10–20", "10", "45%", "A", "A және B", "A, B, C"],
    ["2026 ж. 30 қараша", "2026 ж. 30 қар.", "2 минуттан кейін", "2 сағаттан кейін"],
  ],
] as const)("writes %s by CLDR", (_, formats, numbers, times) => {
  const spaces = (text: string) => text.replaceAll("\u202f", "\u00a0");
  expect(written(formats).map(spaces)).toStrictEqual([...numbers, ...times]);
});

it("counts with the form that goes with the number", () => {
  const { countOf } = formatsOf("ru");
  const photos = { one: "фото", few: "фото", many: "фотографий", other: "фото" };
  expect([1, 2, 1_005].map((count) => countOf(count, photos))).toStrictEqual([
    "1 фото",
    "2 фото",
    "1\u00a0005 фотографий",
  ]);
});

it("writes a date in the language of its text, also for a person of another one", () => {
  const given = { statements: [], at };
  expect(wordsOf("pt", given)).toContain("30 November 2026");
  expect(wordsOf("kk-KZ", given)).toContain("2026 ж. 30 қараша");
});

const wordsOf = (locale: string, given: { statements: string[]; at: typeof at }): string => {
  const said = sayIn({})(locale, "consent.given", given);
  return typeof said === "string" ? said : said.text;
};

it.each([
  ["en", "photos for 30 days after", "at most 3 years after"],
  ["ru", "фото — 30 дней после", "не дольше 3 лет после"],
  ["kk", "30 күн", "ең көбі 3 жыл"],
] as const)("says how long things are kept as people count it: %s", (locale, photos, everything) => {
  const said = sayIn({})(locale, "privacy", {
    about: { photoDays: 30, ownerDays: 1_095 },
    consent: { type: "elsewhere" },
  });
  const words = typeof said === "string" ? said : said.text;
  expect(words).toContain(photos);
  expect(words).toContain(everything);
});
