import type { PhotoRejection } from "@likeness/core";
import { megabytes, megapixels, roundDown, roundUp } from "../decimal.ts";
import { shorten } from "../shorten.ts";
import { photosGenitive, pixels } from "./words.ts";
import { countOf, number } from "./formats.ts";

const inPixels = (count: number): string => `${number(count)} ${pixels(count)}`;
const inMegapixels = (count: number): string => `${number(count)} мега${pixels(count)}`;

/** Во сколько раз: в 5 раз, в 3 раза, в 3,5 раза. */
const times = (count: number): string => countOf(count, { one: "раз", few: "раза", many: "раз", other: "раза" });

/** Why a photo was not taken, and what to do about it. */
export function photoReason(rejection: PhotoRejection): string {
  switch (rejection.code) {
    case "empty":
      return "Файл пустой. Отправьте его ещё раз.";
    case "not-an-image":
      return "Это не изображение. Отправьте JPEG, PNG или WebP.";
    case "unsupported-format":
      return unsupported(rejection.format);
    case "truncated":
      return "Файл повреждён: в нём не хватает части. Отправьте его ещё раз.";
    case "file-too-large":
      return `Файл слишком большой: ${number(roundUp(megabytes(rejection.bytes)))} МБ, а можно не больше ${number(roundDown(megabytes(rejection.maximum)))} МБ. Отправьте его как фото, а не файлом.`;
    case "too-many-pixels":
      return `Изображение слишком большое: ${inMegapixels(roundUp(megapixels(rejection.pixels)))}, а можно не больше ${number(roundDown(megapixels(rejection.maximum)))}. Отправьте его как фото, а не файлом.`;
    case "too-small":
      return `Изображение слишком маленькое: короткая сторона — ${inPixels(rejection.side)}, а нужно не меньше ${number(rejection.minimum)}. Отправьте оригинал, лучше файлом.`;
    case "extreme-ratio":
      return `Изображение слишком узкое: одна сторона длиннее другой в ${times(roundUp(rejection.ratio))}, а можно не больше чем в ${number(roundDown(rejection.maximum))}. Обрежьте его или отправьте другое.`;
    case "too-dark":
      return "Слишком темно. Снимите при дневном свете или включите свет.";
    case "too-bright":
      return "Слишком светло. Снимите без прямого солнца и вспышки.";
    case "low-contrast":
      return "Слишком низкий контраст. Отправьте снимок, на котором лучше видны детали.";
    case "too-blurry":
      return "Снимок нечёткий. Держите камеру неподвижно или отправьте более резкий.";
    case "duplicate":
      return "Такое фото уже есть. Отправьте другое.";
    case "near-duplicate":
      return "Почти такое же фото уже есть. Снимите с другого ракурса или в другом месте.";
    case "limit-reached":
      return `Можно использовать до ${photosGenitive(rejection.maximum)}. Чтобы заменить последнее фото, удалите его.`;
    case "unavailable":
      return "Не удалось загрузить снимок из Telegram. Отправьте его ещё раз.";
  }
}

function unsupported(format: string): string {
  if (format === "heif" || format === "heic")
    return "HEIC, формат снимков iPhone, не поддерживается. Отправьте снимок как фото, а не файлом, или сначала сохраните его в JPEG.";
  if (format.startsWith("hdr-"))
    return "Изображения HDR не поддерживаются. Сохраните снимок без HDR, например в JPEG, и отправьте ещё раз.";
  if (format.startsWith("animated-")) return "Это анимация. Отправьте обычный снимок.";
  return `Файлы ${shorten(format.toUpperCase(), 20)} не поддерживаются. Отправьте JPEG, PNG или WebP.`;
}
