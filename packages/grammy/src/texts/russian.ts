import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { ModelCopy } from "@likeness/core";
import { boldName } from "./bold-name.ts";
import { lines } from "./lines.ts";
import { russianButtons } from "./russian/buttons.ts";
import { failures } from "./russian/failure.ts";
import { expected, hint } from "./russian/hint.ts";
import { russianGuards } from "./russian/guards.ts";
import { russianPhotos } from "./russian/photos.ts";
import { russianOwnData } from "./russian/own-data.ts";
import { russianPeople } from "./russian/people.ts";
import { russianPictures } from "./russian/pictures.ts";
import { russianShop } from "./russian/shop.ts";
import { russianProgress } from "./russian/progress.ts";
import {
  avatars,
  avatarsGenitive,
  characters,
  charactersGenitive,
  counted,
  duration,
  genderOf,
  kinds,
  payable,
  pictures,
  presets,
  statuses,
  unpaid,
  withAll,
} from "./russian/words.ts";
import { shorten } from "./shorten.ts";
import { textLimits } from "./text-limits.ts";
import type { Texts, Waiting } from "./texts.ts";
import { number } from "./russian/formats.ts";

const { bold } = FormattedString;

const nextStep = {
  kind: " Дальше — выбор типа.",
  gender: " Дальше — пол.",
  name: " Дальше — имя.",
  consent: " Дальше — согласие и фотографии.",
  photos: " Дальше — фотографии.",
  "enough-photos": " Фотографий для обучения достаточно.",
  "all-photos": " Все фотографии есть, можно начинать обучение.",
  rename: " Дальше — новое имя.",
  words: "",
  pictures: "",
  nothing: "",
} as const satisfies Record<Waiting, string>;

const notSaved =
  "Сервис обучения может когда-нибудь её удалить, и тогда аватар перестанет работать. Фотографии сохранены: обучение можно запустить ещё раз.";

const trained = {
  stored: "Обучение прошло успешно, модель сохранена среди ваших аватаров.",
  "under-way": "Обучение прошло успешно.",
  "given-up": `Обучение прошло успешно, но сохранить модель не удалось. ${notSaved}`,
} as const satisfies Record<ModelCopy, string>;

/** Every text in Russian. Names stand where they need no case ending. */
export const russian = {
  ...russianButtons,
  ...russianProgress,
  ...russianPhotos,
  ...russianPictures,
  ...russianPeople,
  ...russianShop,
  ...russianGuards,
  ...russianOwnData,

  "command.start": () => "Начать или продолжить",
  "command.avatars": () => "Показать мои аватары",
  "command.cancel": () => "Отменить текущее действие",

  welcome: () =>
    lines(
      "Здравствуйте! Пришлите фотографии, и я обучу на них аватар — модель, которая создаёт изображения с этим человеком или в выбранном стиле.",
      "",
      "Фотографии лиц — это личное. Ваши нужны только для обучения вашего аватара и для этого передаются сервису обучения. Если вы удалите аватар, здесь удалятся и его фотографии, и всё, что из них получилось. Telegram хранит свою копию всего, что вы отправляете в этот чат.",
    ),
  menu: ({ avatars: count }) => `С возвращением! У вас ${count === 0 ? "пока нет аватаров" : avatars(count)}.`,
  resume: ({ waiting, name }) =>
    name === undefined
      ? `Вы ещё не закончили новый аватар.${nextStep[waiting]} Продолжить или начать заново?`
      : fmt`Вы ещё не закончили аватар ${bold(name)}.${nextStep[waiting]} Продолжить или начать заново? Если начать заново, этот аватар сохранится.`,

  "kind.prompt": () =>
    lines(
      "Какой аватар создаём?",
      "",
      fmt`${bold("Портрет")}: один человек. Он и будет на новых изображениях.`,
      fmt`${bold("Стиль")}: то, как выглядят ваши картинки. Новые изображения будут такими же по стилю.`,
    ),
  "gender.prompt": ({ kind }) =>
    kind === "portrait"
      ? "Какой пол у человека на фотографиях? Это поможет точнее описать его на новых изображениях."
      : "Какой пол у людей на новых изображениях? Если неважно, выберите «Любой».",
  "name.prompt": ({ minimum, maximum }) =>
    `Как назовём аватар? Напишите имя: от ${number(minimum)} до ${charactersGenitive(maximum)}.`,
  "name.invalid": ({ problem, length, minimum, maximum }) => {
    if (problem === "control-character")
      return "Имя должно быть в одну строку и без управляющих символов. Напишите другое.";
    const limit = problem === "too-short" ? `нужно хотя бы ${number(minimum)}` : `можно не больше ${number(maximum)}`;
    return `В этом имени ${characters(length)}, а ${limit}. Напишите другое.`;
  },

  "confirm.prompt": ({ name, kind, gender, photos: count, preset, minutes, hasModel, firstLook, ...cost }) =>
    lines(
      hasModel ? "Обучить заново?" : "Начать обучение?",
      "",
      fmt`Имя: ${bold(name)}`,
      `Тип: ${kinds[kind]}`,
      `Пол: ${genderOf(kind, gender)}`,
      `Фотографии: ${number(count)}`,
      `Обучение: ${presets[preset]}`,
      `Время: ${minutes === undefined ? "пока неизвестно" : duration(minutes)}`,
      ...payable(cost),
      cost.price && firstLook ? `В цену входит: ${pictures(firstLook)} сразу после обучения` : undefined,
      ...(hasModel
        ? [
            "",
            "Нынешняя модель работает, пока обучается новая. Потом новая её заменит; если обучение не удастся или будет отменено, останется нынешняя.",
          ]
        : []),
    ),
  "credits.refused": (given) => `${unpaid(given)} Фотографии сохранены: обучение можно начать, когда кредитов хватит.`,

  ready: ({ name, model }) => fmt`Аватар ${bold(name)} готов. ${trained[model]}`,
  unsaved: ({ name }) => fmt`Модель аватара ${bold(name)} готова, но сохранить её не удалось. ${notSaved}`,
  failed: ({ name, reason, hasModel }) =>
    lines(
      fmt`Обучение аватара ${bold(name)} не удалось.`,
      failures[reason].happened,
      "",
      hasModel ? "Прежняя модель продолжает работать." : undefined,
      failures[reason].next,
    ),
  confirmed: ({ name }) =>
    fmt`Сервис обучения всё-таки подтвердил обучение аватара ${bold(name)}. Дважды деньги не спишутся.`,
  unconfirmed: ({ name }) =>
    fmt`Сервис обучения пока не подтвердил обучение аватара ${bold(name)}. Это проверяется: всё, что известно, видно в сообщении о ходе обучения, а когда оно закончится, я напишу. Деньги дважды не спишутся.`,

  "cancel.nothing": () => "Отменять нечего.",
  "cancel.wizard": () => "Отменено. Ничего не сохранено. Чтобы начать заново, отправьте /start.",
  "cancel.draft": ({ name }) =>
    fmt`Хорошо, остановимся. Аватар ${bold(name)} сохранён как черновик. Можно продолжить в любой момент или удалить его.`,
  "cancel.ask": ({ name }) =>
    fmt`Отменить обучение аватара ${bold(name)}? Результат обучения пропадёт, фотографии останутся.`,
  "cancel.done": ({ name, hasModel }) =>
    fmt`Обучение аватара ${bold(name)} отменено. Фотографии сохранены${hasModel ? ", прежняя модель остаётся" : ""}.`,
  "cancel.too-late": ({ name }) =>
    fmt`Обучение аватара ${bold(name)} уже закончилось, отменить его нельзя. Результат скоро придёт.`,
  "cancel.unclear": ({ name }) =>
    fmt`Сервис обучения ещё не подтвердил обучение аватара ${bold(name)}, поэтому сейчас отменить его нельзя. Попробуйте через несколько минут.`,

  "avatars.empty": () => "У вас пока нет аватаров.",
  "avatars.list": ({ avatars: count, page, pages }) =>
    pages > 1 ? `У вас ${avatars(count)}. Страница ${number(page)} из ${number(pages)}.` : `У вас ${avatars(count)}.`,
  "avatar.card": ({ name, kind, gender, status, main, accepted, minimum, maximum, removed }) =>
    lines(
      boldName(name),
      main ? "Ваш основной аватар" : undefined,
      `Статус: ${statuses[status]}`,
      `Тип: ${kinds[kind]}`,
      `Пол: ${genderOf(kind, gender)}`,
      removed
        ? "Фотографии: больше не хранятся; для нового обучения нужны новые"
        : `Фотографии: ${counted({ accepted, minimum, maximum })}`,
    ),
  "avatars.full": ({ maximum }) =>
    `Можно создать до ${avatarsGenitive(maximum)}. Чтобы добавить новый, удалите один из них.`,
  "rename.prompt": ({ name, minimum, maximum }) =>
    fmt`Как теперь назвать аватар ${bold(name)}? Напишите имя: от ${number(minimum)} до ${charactersGenitive(maximum)}.`,
  renamed: ({ name }) => fmt`Теперь аватар называется ${bold(name)}.`,
  "delete.ask": ({ name, training, ...parts }) =>
    fmt`Удалить аватар ${bold(name)}${withAll(parts)}?${training ? " Обучение остановится." : ""} Отменить это будет нельзя.`,
  deleted: ({ name, ...parts }) => fmt`Аватар ${bold(name)} удалён${withAll(parts)}.`,
  "toast.main": ({ name }) => `Теперь основной аватар — «${shorten(name, textLimits.nameInToast)}».`,

  help: ({ waiting, commands, support }) =>
    lines(
      "Я обучаю аватары на ваших фотографиях — модели, которые создают изображения с человеком или в выбранном стиле.",
      "",
      ...commands.map(({ command, description }) => `/${command} – ${description}`),
      ...(support === undefined ? [] : ["", `Вопросы? ${support}`]),
      "",
      expected[waiting],
    ),
  hint,
  "toast.old-button": () => "Эта кнопка устарела. Откройте более новое сообщение или отправьте /start.",
  "toast.training-active": () => "Этот аватар уже обучается.",
  "toast.kind-unavailable": () => "Аватары этого типа здесь больше не обучаются. Сам аватар остаётся.",
  trouble: () => "У нас что-то пошло не так. Ничего не потеряно. Попробуйте ещё раз чуть позже.",
} satisfies Texts;
