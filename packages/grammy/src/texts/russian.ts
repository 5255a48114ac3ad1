import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "./lines.ts";
import { russianButtons } from "./russian/buttons.ts";
import { failures } from "./russian/failure.ts";
import { hint } from "./russian/hint.ts";
import { russianPhotos } from "./russian/photos.ts";
import { russianProgress } from "./russian/progress.ts";
import {
  avatars,
  characters,
  charactersGenitive,
  duration,
  genders,
  kinds,
  presets,
  range,
  statuses,
} from "./russian/words.ts";
import { shorten } from "./shorten.ts";
import { textLimits } from "./text-limits.ts";
import type { Texts, Waiting } from "./texts.ts";

const { bold } = FormattedString;

const nextStep = {
  kind: " Дальше — выбор типа.",
  gender: " Дальше — пол.",
  name: " Дальше — имя.",
  photos: " Дальше — фотографии.",
  "enough-photos": " Фотографий для обучения достаточно.",
  "all-photos": " Все фотографии есть, можно начинать обучение.",
  rename: " Дальше — новое имя.",
  nothing: "",
} as const satisfies Record<Waiting, string>;

/** Every text in Russian. Names stand where they need no case ending. */
export const russian = {
  ...russianButtons,
  ...russianProgress,
  ...russianPhotos,

  "command.start": () => "Начать или продолжить",
  "command.avatars": () => "Показать ваши аватары",
  "command.cancel": () => "Остановить то, что сейчас идёт",

  welcome: () =>
    lines(
      "Здравствуйте. Пришлите фотографии, и я сделаю из них аватар: модель, которая рисует новые изображения человека или в нужном стиле.",
      "",
      "Фотографии лиц — личные данные. Ваши нужны только для обучения вашего аватара и для этого передаются сервису обучения. Если удалить аватар, здесь удалятся и его фотографии, и модели. Telegram хранит собственную копию того, что вы отправляете в этот чат.",
    ),
  menu: ({ avatars: count }) => `С возвращением. У вас ${count === 0 ? "пока нет аватаров" : avatars(count)}.`,
  resume: ({ waiting, name }) =>
    name === undefined
      ? `Вы ещё не закончили новый аватар.${nextStep[waiting]} Продолжить или начать заново?`
      : fmt`Вы ещё не закончили аватар ${bold(name)}.${nextStep[waiting]} Продолжить или начать заново? Если начать заново, этот аватар сохранится.`,

  "kind.prompt": () =>
    lines(
      "Чему учить аватар?",
      "",
      fmt`${bold("Портрет")}: один человек. На новых изображениях будет он.`,
      fmt`${bold("Стиль")}: то, как выглядят ваши картинки. Новые изображения будут выглядеть так же.`,
    ),
  "gender.prompt": ({ kind }) =>
    kind === "portrait"
      ? "Какого пола человек на фотографиях? Это поможет описать его, когда будут создаваться изображения."
      : "Людей какого пола показывать в этом стиле? Если это неважно, можно не указывать.",
  "name.prompt": ({ minimum, maximum }) =>
    `Как назвать аватар? Напишите имя: от ${minimum} до ${charactersGenitive(maximum)}.`,
  "name.invalid": ({ problem, length, minimum, maximum }) => {
    if (problem === "control-character") return "Имя — это одна строка без управляющих символов. Напишите другое.";
    const limit = problem === "too-short" ? `нужно не меньше ${minimum}` : `можно не больше ${maximum}`;
    return `В этом имени ${characters(length)}, а ${limit}. Напишите другое.`;
  },

  "confirm.prompt": ({ name, kind, gender, photos: count, preset, minutes }) =>
    lines(
      "Начать обучение?",
      "",
      fmt`Имя: ${bold(name)}`,
      `Тип: ${kinds[kind]}`,
      `Пол: ${genders[gender]}`,
      `Фотографии: ${count}`,
      `Обучение: ${presets[preset]}`,
      `Займёт: ${minutes === undefined ? "пока неизвестно сколько" : duration(minutes)}`,
    ),
  "credits.refused": () =>
    "Кредитов на это обучение не хватает, поэтому ничего не заказано. Фотографии сохранены: обучение можно начать, когда кредитов будет достаточно.",

  ready: ({ name }) => fmt`Аватар ${bold(name)} готов. Обучение прошло успешно, модель сохранена среди ваших аватаров.`,
  failed: ({ name, reason }) =>
    lines(fmt`Обучение аватара ${bold(name)} не удалось.`, failures[reason].happened, "", failures[reason].next),
  unconfirmed: ({ name }) =>
    fmt`Сервис обучения не подтвердил обучение аватара ${bold(name)}. Идёт проверка: что известно, видно в ходе обучения, а чем всё закончится, я напишу. Дважды деньги не спишутся.`,

  "cancel.nothing": () => "Отменять нечего.",
  "cancel.wizard": () => "Отменено. Ничего не сохранено. Начать заново: /start.",
  "cancel.draft": ({ name }) =>
    fmt`Остановлено. Аватар ${bold(name)} сохранён как черновик вместе с фотографиями. Можно продолжить когда угодно или удалить его.`,
  "cancel.ask": ({ name }) => fmt`Отменить обучение аватара ${bold(name)}? Выученное пропадёт, фотографии останутся.`,
  "cancel.done": ({ name, hasModel }) =>
    fmt`Обучение аватара ${bold(name)} отменено. Фотографии сохранены на другой раз${hasModel ? ", прежняя модель остаётся" : ""}.`,
  "cancel.too-late": ({ name }) =>
    fmt`Обучение аватара ${bold(name)} уже закончилось, отменить его нельзя. Результат скоро придёт.`,
  "cancel.unclear": ({ name }) =>
    fmt`Сервис обучения ещё не подтвердил обучение аватара ${bold(name)}, поэтому сейчас отменить его нельзя. Попробуйте через несколько минут.`,

  "avatars.empty": () => "У вас пока нет аватаров.",
  "avatars.list": ({ avatars: count, page, pages }) =>
    pages > 1 ? `У вас ${avatars(count)}. Страница ${page} из ${pages}.` : `У вас ${avatars(count)}.`,
  "avatar.card": ({ name, kind, gender, status, main, accepted, minimum, maximum }) =>
    lines(
      bold(shorten(name, textLimits.nameInCaption)),
      main ? "Ваш основной аватар" : undefined,
      `Состояние: ${statuses[status]}`,
      `Тип: ${kinds[kind]}`,
      `Пол: ${genders[gender]}`,
      `Фотографии: ${accepted} из ${range(minimum, maximum)}`,
    ),
  "avatars.full": ({ maximum }) =>
    `У вас ${avatars(maximum)}, больше нельзя. Чтобы создать новый, удалите один из них.`,
  "rename.prompt": ({ name, minimum, maximum }) =>
    fmt`Как теперь назвать аватар ${bold(name)}? Напишите имя: от ${minimum} до ${charactersGenitive(maximum)}.`,
  renamed: ({ name }) => fmt`Теперь аватар называется ${bold(name)}.`,
  "delete.ask": ({ name }) =>
    fmt`Удалить аватар ${bold(name)} вместе с фотографиями и моделями? Обучение, если оно идёт, остановится. Вернуть ничего не получится.`,
  deleted: ({ name }) => fmt`Аватар ${bold(name)} удалён вместе с фотографиями и моделями.`,
  "toast.main": ({ name }) => `Теперь основной аватар — «${shorten(name, textLimits.nameInToast)}».`,

  hint,
  "toast.old-button": () => "Эта кнопка устарела. Возьмите сообщение поновее или отправьте /start.",
  "toast.training-active": () => "Этот аватар уже обучается.",
  trouble: () => "У нас что-то не получилось. Ничего не потеряно. Попробуйте ещё раз чуть позже.",
} satisfies Texts;
