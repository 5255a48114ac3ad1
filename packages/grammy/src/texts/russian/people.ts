import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import type { About, PeopleTexts } from "../people-texts.ts";
import { countOf, day, number } from "./formats.ts";
import { pictures as countOfPictures } from "./words.ts";

const { bold, link } = FormattedString;

const chosenMark = (chosen: boolean): string => (chosen ? "✓ " : "");

/** Сколько? 30 дней. Целые годы — годами: «1 095 дней» никто не прочтёт как три года. */
const span = (days: number): string =>
  days % 365 === 0
    ? countOf(days / 365, { one: "год", few: "года", many: "лет", other: "года" })
    : countOf(days, { one: "день", few: "дня", many: "дней", other: "дня" });

/** Не дольше скольких? Не дольше 21 дня. */
const spanGenitive = (days: number): string =>
  days % 365 === 0
    ? countOf(days / 365, { one: "года", few: "лет", many: "лет", other: "года" })
    : countOf(days, { one: "дня", few: "дней", many: "дней", other: "дня" });

const kept = ({ photoDays, ownerDays }: About): string =>
  [
    photoDays === undefined ? "пока вы их не удалите" : `фото — ${span(photoDays)} после того, как аватар готов`,
    ownerDays === undefined ? undefined : `всё — не дольше ${spanGenitive(ownerDays)} после вашего последнего визита`,
  ]
    .filter((part) => part !== undefined)
    .join("; ");

const facts = (about: About) => [
  fmt`${bold("Зачем")}: чтобы обучить ваш аватар и создавать изображения, которые вы попросите. Больше ни для чего.`,
  fmt`${bold("Кто их получает")}: этот бот и ${about.service ?? "сервис обучения"} — там аватар обучают и создают изображения. Свою копию этого чата хранит и Telegram.`,
  fmt`${bold("Сколько хранятся")}: ${kept(about)}.`,
  fmt`${bold("Как удалить")}: один аватар — /avatars, остальное — /privacy.`,
];

const policy = ({ privacyUrl }: About) =>
  privacyUrl === undefined ? [] : ["", fmt`${link("Политика конфиденциальности", privacyUrl)}`];

export const russianPeople = {
  "command.help": () => "Что я умею и чего сейчас жду",
  "command.privacy": () => "Ваши данные и согласие",
  "command.terms": () => "Условия использования",
  "command.settings": () => "Язык, изображения и сообщения",

  "consent.ask": ({ about, statements, because, refused }) =>
    lines(
      bold(refused ? "Эти фото я пока не взял" : "Прежде чем отправлять фото"),
      refused
        ? "Сначала подтвердите, пожалуйста, а потом отправьте их ещё раз."
        : because === "outdated"
          ? "Текст, с которым вы согласились, изменился, поэтому спрашиваю ещё раз."
          : "Чтобы вы знали, что с ними будет:",
      "",
      ...facts(about),
      ...policy(about),
      "",
      statements.length > 1 ? "Отметьте каждый пункт и продолжайте:" : "Отметьте пункт и продолжайте:",
      ...statements.map((statement) => `• ${statement}`),
    ),
  "consent.given": ({ statements, at }) =>
    lines(
      "Спасибо! Вы подтвердили:",
      ...statements.map((statement) => `✓ ${statement}`),
      "",
      `Дата: ${day(at)}`,
      "Отозвать согласие можно в любой момент: /privacy",
    ),
  "toast.tick-all": ({ left }) =>
    left === 1 ? "Сначала отметьте последний пункт." : "Сначала отметьте все пункты: они над этой кнопкой.",
  "toast.new-wording": () => "Текст тем временем изменился. Посмотрите, пожалуйста, ещё раз.",

  privacy: ({ about, consent }) =>
    lines(
      bold("Ваши данные"),
      fmt`${bold("Что хранится")}: ваши фото, аватары и изображения, тексты к ним, настройки, платежи, если они были, и ваш ID в Telegram.`,
      ...facts(about),
      ...(consent.type === "elsewhere" ? [] : ["", bold("Ваше согласие")]),
      ...(consent.type === "given"
        ? [...consent.statements.map((statement) => `✓ ${statement}`), `Дата: ${day(consent.at)}`]
        : []),
      consent.type === "missing"
        ? consent.withdrawn
          ? "Вы его отозвали. Я не беру фото, пока вы не согласитесь снова."
          : "Я вас ещё не спрашивал: спрошу перед первым фото."
        : undefined,
      ...(consent.type === "outdated"
        ? ["Вы согласились с прежним текстом. Перед следующим фото спрошу ещё раз.", `Дата: ${day(consent.at)}`]
        : []),
      ...policy(about),
    ),
  "withdraw.ask": ({ erasable }) =>
    lines(
      bold("Отозвать согласие?"),
      "Я остановлю обучение и создание изображений и больше не буду брать фото.",
      "",
      erasable
        ? "Аватары и изображения можно оставить или удалить всё сразу."
        : "Аватары и изображения останутся. Каждый из них можно удалить в /avatars.",
    ),
  "withdraw.done": ({ cancelled, left }) =>
    lines(
      "Согласие отозвано. Я больше не беру фото и ничего не обучаю.",
      cancelled > 0 ? `Остановлено: ${number(cancelled)}.` : undefined,
      left > 0 ? "Кое-что как раз отправляется или заканчивается. Остановлю, как только будет можно." : undefined,
      "Ваши аватары и изображения на месте. Если передумаете, начните новый аватар.",
    ),
  terms: ({ about: { termsUrl, support } }) =>
    lines(
      termsUrl === undefined ? "Условий использования нет." : fmt`${link("Условия использования", termsUrl)}`,
      support === undefined ? undefined : `Вопросы? ${support}`,
    ),
  settings: ({ language, followed, pictures, progress }) =>
    lines(
      bold("Настройки"),
      `Язык: ${language}${followed ? ", как в Telegram" : ""}`,
      pictures === undefined ? undefined : `Изображений за раз: ${number(pictures)}`,
      progress
        ? "Пока аватар обучается: показываю, как идёт дело"
        : "Пока аватар обучается: пишу, только когда закончу",
    ),

  "button.agree": () => "Продолжить",
  "button.privacy": () => "Мои данные",
  "button.policy": () => "Политика конфиденциальности",
  "button.withdraw": () => "Отозвать согласие",
  "button.withdraw-keep": () => "Отозвать, аватары оставить",
  "button.keep-consent": () => "Назад",
  "button.follow-telegram": ({ chosen }) => `${chosenMark(chosen)}Как в Telegram`,
  "button.pictures": ({ count, chosen }) => `${chosenMark(chosen)}${countOfPictures(count)}`,
  "button.show-progress": ({ chosen }) => `${chosenMark(chosen)}Прогресс`,
  "button.only-result": ({ chosen }) => `${chosenMark(chosen)}Только итог`,
} satisfies PeopleTexts;
