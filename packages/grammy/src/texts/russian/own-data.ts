import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { ErasureReach } from "@likeness/core";
import { lines } from "../lines.ts";
import type { OwnDataTexts } from "../own-data-texts.ts";
import { countOf, day, number, timeUntil } from "./formats.ts";

const { bold } = FormattedString;

const picturesOf = (count: number): string =>
  countOf(count, { one: "изображение", few: "изображения", many: "изображений", other: "изображения" });

const here =
  "Здесь удалятся все аватары с фото и моделями, все изображения, настройки и согласие. То, что обучается или рисуется, остановится.";

/** What is deleted, and what the training service does not delete. */
const eraseAsked = {
  all: {
    here: "Удалятся все аватары с фото и моделями, все изображения, настройки и согласие, здесь и в сервисе обучения. То, что обучается или рисуется, остановится.",
    atService: undefined,
  },
  part: {
    here,
    atService: "Сервис обучения удаляет не всё, что у него о вас есть. Что там останется, назовёт квитанция.",
  },
  none: {
    here,
    atService: "В сервисе обучения я ничего удалить не могу: обученное останется там, и квитанция это назовёт.",
  },
} as const satisfies Record<ErasureReach, object>;

const erasedAt = {
  all: "Файлы исчезнут в течение нескольких минут. Сервис обучения я тоже прошу удалить свою часть; чего он не смог, сказано в квитанции.",
  part: "Файлы исчезнут в течение нескольких минут. Сервис обучения я тоже прошу удалить свою часть, но удаляет он не всё; что там останется, сказано в квитанции.",
  none: "Файлы исчезнут в течение нескольких минут. Обученное остаётся в сервисе обучения, там я удалить его не могу; в квитанции оно названо.",
} as const satisfies Record<ErasureReach, string>;

export const russianOwnData = {
  "export.caption": ({ part, of }) =>
    of === 1
      ? "Всё, что я храню о вас. Распакуйте архив на компьютере."
      : `Часть ${number(part)} из ${number(of)}: всё, что я храню о вас.`,
  "export.too-large": ({ megabytes, support }) =>
    `Ваши данные занимают ${number(megabytes)} МБ, столько я здесь отправить не могу. ${
      support === undefined
        ? "Удалите ненужное и попробуйте снова"
        : `Напишите сюда, и вы получите их иначе: ${support}`
    }.`,
  "export.failed": () => "Сейчас не получилось собрать ваши данные. Попробуйте, пожалуйста, позже: /privacy",
  "toast.export": () => "Собираю ваши данные. Они придут файлом через минуту.",
  "toast.export-again": ({ seconds }) =>
    `Вы недавно уже запрашивали свои данные. Снова запросить их можно ${timeUntil(seconds)}.`,

  "erase.ask": ({ credits, atService }) =>
    lines(
      bold("Удалить всё?"),
      eraseAsked[atService].here,
      eraseAsked[atService].atService,
      credits ? "Неиспользованные кредиты пропадут, а долг, если он есть, спишется." : undefined,
      "",
      "Отменить это нельзя. Данные можно сначала скачать: /privacy",
    ),
  erased: ({ photos, pictures, receiptId, atService, support }) =>
    lines(
      "Всё удалено.",
      photos + pictures > 0
        ? `Удалено: ${number(photos)} фото, ${picturesOf(pictures)} и всё, что из них сделано.`
        : undefined,
      erasedAt[atService],
      "",
      `Ваша квитанция: ${receiptId}`,
      support === undefined ? undefined : `По ней можно узнать, что сделано: ${support}`,
      "",
      "Теперь я ничего о вас не помню. Этот чат можно очистить в Telegram. Всего доброго!",
    ),
  leaving: ({ name, at }) =>
    fmt`Мы давно не общались. ${day(at)} я удалю аватар ${bold(name)} и всё остальное ваше. Если хотите это сохранить, просто отправьте /start.`,

  "button.export": () => "Скачать мои данные",
  "button.erase": () => "Удалить всё",
  "button.erase-yes": () => "Да, удалить всё",
  "button.keep-everything": () => "Нет, оставить",
} satisfies OwnDataTexts;
