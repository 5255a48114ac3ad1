import { fmt } from "@grammyjs/parse-mode";
import type { AvatarStatus, FailureReason } from "@likeness/core";
import { boldName } from "../bold-name.ts";
import { lines } from "../lines.ts";
import type { Missing, PictureTexts, Repeat, Shown, WordsProblem } from "../picture-texts.ts";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import { payable, pictures, priced, unpaid } from "./words.ts";
import { number, plural } from "./formats.ts";

const madeWithAi = "Создано с помощью ИИ";

const previousDraws = "Сейчас аватар обучается заново. Пока обучение не закончится, рисует прежняя модель.";

const shownAs = (shown: Shown, limit: number): string =>
  "words" in shown ? `Ваше описание: ${shorten(shown.words, limit)}` : `Сюжет: ${shorten(shown.scene, limit)}`;

const noCost = (count: number): string => plural(count, { one: "оно ничего не стоит", other: "они ничего не стоят" });

const blockedOnes = (count: number): string => `Фильтр безопасности не пропустил ${pictures(count)}`;

/** One sentence about the pictures that are missing; `undefined` when none is. */
function missing({ blocked, failed, priced: isPriced }: Missing): string | undefined {
  const free = (count: number) => (isPriced ? `: ${noCost(count)}` : "");
  if (blocked > 0 && failed > 0)
    return `${blockedOnes(blocked)}, ещё ${number(failed)} нарисовать не удалось${free(blocked + failed)}.`;
  if (blocked > 0) return `${blockedOnes(blocked)}${free(blocked)}.`;
  if (failed > 0) return `Не удалось нарисовать ${pictures(failed)}${free(failed)}.`;
  return undefined;
}

/** Why no picture came, after a colon. */
const because = {
  rejected: "сервис рисования отклонил запрос",
  submit_unknown: "сервис рисования так и не подтвердил запрос",
  provider_unavailable: "сервис рисования слишком долго был недоступен",
  provider_error: "в сервисе рисования произошла ошибка",
  provider_timeout: "это заняло слишком много времени",
  result_lost: "не удалось получить результат",
  photos_missing: "в хранилище не оказалось нужного файла",
  content_blocked: "этого не допускает фильтр безопасности",
  input_gone: "сервис рисования не смог прочитать модель аватара",
} as const satisfies Record<FailureReason, string>;

function whyNone({ blocked, failed, reason }: Missing & { readonly reason?: FailureReason | undefined }): string {
  if (failed === 0)
    return blocked > 1 ? "фильтр безопасности не пропустил ни одного" : "его не пропустил фильтр безопасности";
  if (blocked > 0) return "что-то не пропустил фильтр безопасности, остальное нарисовать не удалось";
  return reason === undefined ? "при рисовании что-то пошло не так" : because[reason];
}

const noModel = {
  draft: "Этот аватар ещё не обучен. После обучения с ним можно будет рисовать.",
  training: "Этот аватар ещё обучается. Я напишу, когда он будет готов.",
  failed: "Обучение этого аватара не удалось. Обучите его ещё раз, и с ним можно будет рисовать.",
  ready: "У этого аватара сейчас нет модели. Обучите его ещё раз.",
} as const satisfies Record<AvatarStatus, string>;

const repeats = {
  again: "Ещё одно такое изображение стоит",
  variation: "Вариация этого изображения стоит",
  larger: "Увеличить это изображение стоит",
  set: "Нарисовать это ещё раз стоит",
} as const satisfies Record<Repeat, string>;

function invalidWords(problem: WordsProblem): string {
  switch (problem.reason) {
    case "empty":
      return "В этом сообщении нечего рисовать. Опишите изображение словами.";
    case "no-letters":
      return "Одних эмодзи и знаков мало. Опишите изображение словами.";
    case "too-long":
      return `Получилось символов: ${number(problem.length)}, а можно не больше ${number(problem.limit)}. Сократите описание и отправьте ещё раз.`;
  }
}

export const russianPictures = {
  "command.images": () => "Создать изображения, открыть галерею",

  "images.none": ({ avatars }) =>
    avatars === 0
      ? "Чтобы рисовать, нужен аватар, а у вас его пока нет. Создайте его: понадобится несколько фотографий."
      : "Ни один ваш аватар пока не готов. Как только какой-нибудь будет готов, с ним можно будет рисовать.",
  "images.whose": () => "С каким аватаром рисуем?",
  "scenes.prompt": ({ name, page, pages, previous }) =>
    lines(
      fmt`Изображения с аватаром ${boldName(name)}`,
      "Выберите сюжет или опишите его своими словами.",
      pages > 1 ? `Страница ${number(page)} из ${number(pages)}` : undefined,
      ...(previous ? ["", previousDraws] : []),
    ),
  "words.prompt": ({ name, maximum }) =>
    lines(
      fmt`Что будет на изображении с аватаром ${boldName(name)}?`,
      `Опишите это одним сообщением, не больше ${number(maximum)} символов. Например: на красном велосипеде, под мелким дождём, вечером.`,
    ),
  "words.invalid": invalidWords,
  "words.refused": () => "Рисовать по такому описанию здесь нельзя. Опишите изображение по-другому.",
  "order.prompt": ({ name, shown, ratio, count, previous, ...cost }) =>
    lines(
      fmt`Изображения с аватаром ${boldName(name)}`,
      shownAs(shown, textLimits.words),
      "note" in shown && shown.note ? shorten(shown.note, textLimits.words) : undefined,
      `Формат: ${ratio}`,
      `Количество: ${number(count)}`,
      ...payable(cost),
      ...(previous ? ["", previousDraws] : []),
    ),
  "scene.gone": () => "Этого сюжета больше нет. Выберите другой.",
  "credits.pictures": unpaid,
  "repeat.ask": ({ what, price, have }) =>
    `${repeats[what]} ${priced(price)}.${have === undefined ? "" : ` У вас ${number(have)}.`} Нарисовать?`,

  drawing: ({ name, ready, count }) => {
    const drawn = boldName(name);
    return count === 1
      ? fmt`Рисую изображение с аватаром ${drawn}…`
      : fmt`Рисую ${pictures(count)} с аватаром ${drawn}… Готово ${number(ready)} из ${number(count)}.`;
  },
  "drawing.cancelled": ({ name }) => fmt`Отменено. Изображений с аватаром ${boldName(name)} не будет.`,

  "pictures.done": ({ name, pictures: count, ...others }) =>
    lines(
      fmt`${pictures(count)} с аватаром ${boldName(name)}. Нажмите на номер, чтобы открыть изображение.`,
      missing(others),
    ),
  "pictures.failed": ({ name, ...others }) =>
    fmt`Изображения с аватаром ${boldName(name)} не получилось: ${whyNone(others)}.`,
  "first-look": ({ name }) => fmt`Вот как выходит аватар ${boldName(name)}.`,
  "picture.caption": ({ place, ...others }) =>
    [place === undefined ? madeWithAi : `${number(place)} · ${madeWithAi}`, missing(others)]
      .filter((line) => line !== undefined)
      .join("\n"),
  "picture.card": ({ name, shown }) =>
    lines(boldName(name, textLimits.nameOverWords), shown && shownAs(shown, textLimits.wordsInCaption), madeWithAi),
  "picture.delete": () => `Удалить это изображение? Вернуть его будет нельзя.\n${madeWithAi}`,
  "gallery.empty": ({ name }) =>
    name === undefined ? "У вас пока нет изображений." : fmt`С аватаром ${boldName(name)} пока нет изображений.`,
  "cancel.words": () => "Хорошо. Ничего не рисую.",

  "toast.no-model": ({ status }) => noModel[status],
  "toast.model-elsewhere": () =>
    "Этот аватар обучен в другом сервисе. Обучите его ещё раз, и с ним снова можно будет рисовать.",
  "toast.too-large": () => "Крупнее это изображение уже не сделать.",
  "toast.no-favourites": () => "В избранном пока ничего нет. Нажмите ♡ под изображением, чтобы добавить его.",
  "toast.still-coming": () => "Часть уже рисуется и всё равно придёт.",
  "toast.cannot-cancel": () => "Сейчас отменить не получается. Попробуйте чуть позже.",
  "toast.busy": () => "Telegram просит немного подождать. Нажмите ещё раз чуть позже.",

  "button.make-pictures": () => "Создать изображения",
  "button.gallery": () => "Галерея",
  "button.own-words": () => "Своими словами",
  "button.all-scenes": () => "Все сюжеты",
  "button.count": ({ count, chosen }) => `${chosen ? "✓ " : ""}${pictures(count)}`,
  "button.draw": () => "Нарисовать",
  "button.other-scene": () => "Другой сюжет",
  "button.cancel-drawing": () => "Отменить",
  "button.try-again": () => "Попробовать ещё раз",
  "button.again": () => "Ещё раз",
  "button.variation": () => "Вариация",
  "button.larger": () => "Увеличить",
  "button.original": () => "Оригинал",
  "button.show-prompt": () => "Показать описание",
  "button.hide-prompt": () => "Скрыть описание",
  "button.favourites": () => "Только избранное",
  "button.all-pictures": () => "Все изображения",
  "button.delete-picture": () => "Удалить",
  "button.keep-picture": () => "Не удалять",
  "button.draw-it": () => "Да, нарисовать",
  "button.not-now": () => "Не сейчас",
} satisfies PictureTexts;
