import { expect, it } from "vitest";
import { plural } from "./plural.ts";
import * as english from "./english/words.ts";
import * as russian from "./russian/words.ts";

it.each([
  [0, "0 photos", "0 фотографий"],
  [1, "1 photo", "1 фотография"],
  [2, "2 photos", "2 фотографии"],
  [4, "4 photos", "4 фотографии"],
  [5, "5 photos", "5 фотографий"],
  [11, "11 photos", "11 фотографий"],
  [12, "12 photos", "12 фотографий"],
  [21, "21 photos", "21 фотография"],
  [22, "22 photos", "22 фотографии"],
  [111, "111 photos", "111 фотографий"],
  [1.5, "1.5 photos", "1,5 фотографии"],
])("counts %d photos as people do", (count, inEnglish, inRussian) => {
  expect(english.photos(count)).toBe(inEnglish);
  expect(russian.photos(count)).toBe(inRussian);
});

it("declines what is counted", () => {
  const counts = [1, 3, 20, 21];
  expect(counts.map(russian.photosAccusative)).toStrictEqual([
    "1 фотографию",
    "3 фотографии",
    "20 фотографий",
    "21 фотографию",
  ]);
  expect(counts.map(russian.photosGenitive)).toStrictEqual([
    "1 фотографии",
    "3 фотографий",
    "20 фотографий",
    "21 фотографии",
  ]);
});

it("falls back to the general form in a language that has more of them than were given", () => {
  expect(plural("ar", 2, { one: "one", other: "other" })).toBe("other");
});
