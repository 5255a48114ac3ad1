import type { PhotoRejection } from "@likeness/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rejections } from "./__fixtures__/text-samples.ts";
import { photoReason as inEnglish } from "./english/photo-reason.ts";
import { photoReason as inRussian } from "./russian/photo-reason.ts";

const megabyte = 2 ** 20;

describe.each([
  ["English", inEnglish],
  ["Russian", inRussian],
])("the reasons in %s", (_language, photoReason) => {
  it("differ by code, and say in a second sentence what to do", () => {
    const reasons = Object.values<fc.Arbitrary<PhotoRejection>>(rejections).flatMap((rejection) =>
      fc.sample(rejection, 1).map(photoReason),
    );
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(reasons.filter((reason) => !/[.] \p{Lu}[^.]*.*[.]$/u.test(reason))).toStrictEqual([]);
  });
});

it.each<[PhotoRejection, string, string]>([
  [{ code: "file-too-large", bytes: 20 * megabyte + 1, maximum: 20 * megabyte }, "20.1 MB", "20,1 МБ"],
  [
    { code: "file-too-large", bytes: 25 * megabyte, maximum: 20 * megabyte },
    "25 MB, and files can have up to 20 MB",
    "25 МБ, а можно не больше 20 МБ",
  ],
  [
    { code: "too-many-pixels", pixels: 50_000_001, maximum: 50_000_000 },
    "50.1 megapixels, and can have up to 50.",
    "50,1 мегапикселя, а можно не больше 50.",
  ],
  [
    { code: "too-small", side: 300, minimum: 512 },
    "300 pixels, and needs at least 512.",
    "300 пикселей, а нужно не меньше 512.",
  ],
  [{ code: "too-small", side: 301, minimum: 512 }, "301 pixels", "301 пиксель, а нужно"],
  [{ code: "too-many-pixels", pixels: 63_000_000, maximum: 50_000_000 }, "63 megapixels", "63 мегапикселя, а можно"],
  [{ code: "low-contrast", contrast: 3, minimum: 10 }, "The contrast is too low.", "Слишком низкий контраст."],
  [
    { code: "extreme-ratio", ratio: 3.0001, maximum: 3 },
    "3.1 times as long as the other, and 3 times is the limit",
    "в 3,1 раза, а можно не больше чем в 3.",
  ],
  [{ code: "extreme-ratio", ratio: 5, maximum: 3 }, "5 times as long as the other", "в 5 раз, "],
  [{ code: "duplicate", of: 3 }, "sent the same picture before.", "Такое фото уже есть."],
  [
    { code: "near-duplicate", of: 3, distance: 2 },
    "almost the same as one that you sent before.",
    "Почти такое же фото уже есть.",
  ],
  [{ code: "limit-reached", maximum: 21 }, "You can use up to 21 photos.", "Можно использовать до 21 фотографии."],
  [{ code: "unsupported-format", format: "heif" }, "HEIC", "HEIC"],
  [
    { code: "unsupported-format", format: "heif" },
    "as a photo instead of a file, or save it as JPEG",
    "как фото, а не файлом, или сначала сохраните его в JPEG",
  ],
  [{ code: "unsupported-format", format: "gif" }, "GIF files", "Файлы GIF"],
  [{ code: "unsupported-format", format: "animated-webp" }, "an animation", "анимация"],
  [{ code: "unsupported-format", format: "hdr-png" }, "HDR pictures", "Изображения HDR"],
])("explains %j with its numbers", (rejection, english, russian) => {
  expect(inEnglish(rejection)).toContain(english);
  expect(inRussian(rejection)).toContain(russian);
});
