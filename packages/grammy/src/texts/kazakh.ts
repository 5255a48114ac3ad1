import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { ModelCopy } from "@likeness/core";
import { boldName } from "./bold-name.ts";
import { kazakhButtons } from "./kazakh/buttons.ts";
import { failures } from "./kazakh/failure.ts";
import { kazakhGuards } from "./kazakh/guards.ts";
import { expected, hint } from "./kazakh/hint.ts";
import { kazakhOwnData } from "./kazakh/own-data.ts";
import { kazakhPeople } from "./kazakh/people.ts";
import { kazakhPhotos } from "./kazakh/photos.ts";
import { kazakhPictures } from "./kazakh/pictures.ts";
import { kazakhProgress } from "./kazakh/progress.ts";
import { kazakhShop } from "./kazakh/shop.ts";
import {
  avatars,
  characters,
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
} from "./kazakh/words.ts";
import { lines } from "./lines.ts";
import { shorten } from "./shorten.ts";
import { textLimits } from "./text-limits.ts";
import type { Texts, Waiting } from "./texts.ts";
import { number } from "./kazakh/formats.ts";

const { bold } = FormattedString;

const nextStep = {
  kind: " Келесісі – түрі.",
  gender: " Келесісі – жынысы.",
  name: " Келесісі – аты.",
  consent: " Келесісі – келісім мен фотосуреттер.",
  photos: " Келесісі – фотосуреттер.",
  "enough-photos": " Оқытуға фотосурет жеткілікті.",
  "all-photos": " Барлық фотосурет бар, оқытуды бастауға болады.",
  rename: " Келесісі – жаңа аты.",
  words: "",
  pictures: "",
  nothing: "",
} as const satisfies Record<Waiting, string>;

const notSaved =
  "Оқыту сервисі оны бір күні жоюы мүмкін, сонда аватар жұмыс істемей қалады. Фотосуреттер сақталған: қайта оқытуға болады.";

const trained = {
  stored: "Оқыту сәтті өтті, модель аватарларыңызбен бірге сақталды.",
  "under-way": "Оқыту сәтті өтті.",
  "given-up": `Оқыту сәтті өтті, бірақ модельді сақтау мүмкін болмады. ${notSaved}`,
} as const satisfies Record<ModelCopy, string>;

/** Every text in Kazakh. Names stand where they need no case ending: the word `аватар` after them takes it. */
export const kazakh = {
  ...kazakhButtons,
  ...kazakhProgress,
  ...kazakhPhotos,
  ...kazakhPictures,
  ...kazakhPeople,
  ...kazakhShop,
  ...kazakhGuards,
  ...kazakhOwnData,

  "command.start": () => "Бастау немесе жалғастыру",
  "command.avatars": () => "Аватарларымды көрсету",
  "command.cancel": () => "Қазіргі әрекеттен бас тарту",

  welcome: () =>
    lines(
      "Сәлеметсіз бе! Фотосуреттер жіберсеңіз, олармен аватар оқытамын. Аватар – сол адамның немесе сол стильдегі жаңа суреттерді жасайтын модель.",
      "",
      "Адам бетінің фотосуреті – жеке дерек. Сіздікі тек аватарыңызды оқытуға керек және сол үшін оқыту сервисіне жіберіледі. Аватарды жойсаңыз, мұнда оның фотосуреттері де, олардан жасалғанның бәрі де жойылады. Telegram осы чатқа жібергеніңіздің өз көшірмесін сақтайды.",
    ),
  menu: ({ avatars: count }) =>
    `Қайта келгеніңізге қуаныштымын! ${count === 0 ? "Сізде әлі аватар жоқ" : `Сізде ${avatars(count)} бар`}.`,
  resume: ({ waiting, name }) =>
    name === undefined
      ? `Жаңа аватарды әлі аяқтаған жоқсыз.${nextStep[waiting]} Жалғастырасыз ба, әлде қайта бастайсыз ба?`
      : fmt`${bold(name)} аватарын әлі аяқтаған жоқсыз.${nextStep[waiting]} Жалғастырасыз ба, әлде қайта бастайсыз ба? Қайта бастасаңыз, бұл аватар сол күйінде сақталады.`,

  "kind.prompt": () =>
    lines(
      "Қандай аватар жасаймыз?",
      "",
      fmt`${bold("Портрет")}: бір адам. Жаңа суреттерде сол адам болады.`,
      fmt`${bold("Стиль")}: суреттеріңіздің көрінісі. Жаңа суреттер сондай стильде болады.`,
    ),
  "gender.prompt": ({ kind }) =>
    kind === "portrait"
      ? "Фотосуреттердегі адамның жынысы қандай? Бұл жаңа суреттерде оны дәлірек сипаттауға көмектеседі."
      : "Жаңа суреттердегі адамдардың жынысы қандай болсын? Маңызды болмаса, «Кез келген» таңдаңыз.",
  "name.prompt": ({ minimum, maximum }) =>
    `Аватардың аты қандай болсын? Жазып жіберіңіз: кемінде ${number(minimum)}, ең көбі ${characters(maximum)}.`,
  "name.invalid": ({ problem, length, minimum, maximum }) => {
    if (problem === "control-character") return "Аты бір жолда, басқару таңбаларынсыз болуы керек. Басқасын жазыңыз.";
    const limit = problem === "too-short" ? `кемінде ${number(minimum)} керек` : `ең көбі ${number(maximum)} болады`;
    return `Бұл атта ${characters(length)} бар, ал ${limit}. Басқасын жазыңыз.`;
  },

  "confirm.prompt": ({ name, kind, gender, photos: count, preset, minutes, hasModel, firstLook, ...cost }) =>
    lines(
      hasModel ? "Қайта оқытамыз ба?" : "Оқытуды бастаймыз ба?",
      "",
      fmt`Аты: ${bold(name)}`,
      `Түрі: ${kinds[kind]}`,
      `Жынысы: ${genderOf(kind, gender)}`,
      `Фотосуреттер: ${number(count)}`,
      `Оқыту: ${presets[preset]}`,
      `Уақыты: ${minutes === undefined ? "әзірге белгісіз" : duration(minutes)}`,
      ...payable(cost),
      cost.price && firstLook ? `Бағаға кіреді: оқытудан кейінгі ${pictures(firstLook)}` : undefined,
      ...(hasModel
        ? [
            "",
            "Жаңа модель оқытылғанда қазіргісі жұмыс істей береді, кейін жаңасы оны ауыстырады. Оқыту сәтсіз болса немесе одан бас тартсаңыз, қазіргісі қалады.",
          ]
        : []),
    ),
  "credits.refused": (given) => `${unpaid(given)} Фотосуреттер сақталды: кредит жеткенде оқытуды бастай аласыз.`,

  ready: ({ name, model }) => fmt`${bold(name)} аватары дайын. ${trained[model]}`,
  unsaved: ({ name }) => fmt`${bold(name)} аватарының моделі дайын, бірақ оны сақтау мүмкін болмады. ${notSaved}`,
  failed: ({ name, reason, hasModel }) =>
    lines(
      fmt`${bold(name)} аватарын оқыту сәтсіз аяқталды.`,
      failures[reason].happened,
      "",
      hasModel ? "Алдыңғы модель жұмыс істей береді." : undefined,
      failures[reason].next,
    ),
  confirmed: ({ name }) => fmt`Оқыту сервисі ${bold(name)} аватарын оқытуды растады. Ақша екі рет алынбайды.`,
  unconfirmed: ({ name }) =>
    fmt`Оқыту сервисі ${bold(name)} аватарын оқытуды әлі растамады. Тексеріп жатырмыз: белгілі болғаны оқыту барысы туралы хабарда көрінеді, аяқталғанда жазамын. Ақша екі рет алынбайды.`,

  "cancel.nothing": () => "Бас тартатын ештеңе жоқ.",
  "cancel.wizard": () => "Бас тартылды. Ештеңе сақталмады. Қайта бастау үшін /start жіберіңіз.",
  "cancel.draft": ({ name }) =>
    fmt`Тоқтадық. ${bold(name)} аватары аяқталмаған күйінде сақталды. Кез келген уақытта жалғастыруға немесе жоюға болады.`,
  "cancel.ask": ({ name }) =>
    fmt`${bold(name)} аватарын оқытудан бас тартасыз ба? Оқыту нәтижесі жоғалады, фотосуреттер қалады.`,
  "cancel.done": ({ name, hasModel }) =>
    fmt`${bold(name)} аватарын оқытудан бас тартылды. Фотосуреттер сақталды${hasModel ? ", алдыңғы модель қалады" : ""}.`,
  "cancel.too-late": ({ name }) =>
    fmt`${bold(name)} аватарын оқыту аяқталып қойды, енді бас тарту мүмкін емес. Нәтижесі жақында келеді.`,
  "cancel.unclear": ({ name }) =>
    fmt`Оқыту сервисі ${bold(name)} аватарын оқытуды әлі растамады, сондықтан қазір бас тарту мүмкін емес. Бірнеше минуттан кейін қайталап көріңіз.`,

  "avatars.empty": () => "Сізде әлі аватар жоқ.",
  "avatars.list": ({ avatars: count, page, pages }) =>
    pages > 1
      ? `Сізде ${avatars(count)} бар. Бет: ${number(page)} / ${number(pages)}.`
      : `Сізде ${avatars(count)} бар.`,
  "avatar.card": ({ name, kind, gender, status, main, accepted, minimum, maximum, removed }) =>
    lines(
      boldName(name),
      main ? "Негізгі аватарыңыз" : undefined,
      `Күйі: ${statuses[status]}`,
      `Түрі: ${kinds[kind]}`,
      `Жынысы: ${genderOf(kind, gender)}`,
      removed
        ? "Фотосуреттер: енді сақталмайды; қайта оқыту үшін жаңасы керек"
        : `Фотосуреттер: ${counted({ accepted, minimum, maximum })}`,
    ),
  "avatars.full": ({ maximum }) => `Ең көбі ${avatars(maximum)} болады. Жаңасын жасау үшін біреуін жойыңыз.`,
  "rename.prompt": ({ name, minimum, maximum }) =>
    fmt`${bold(name)} аватарының жаңа аты қандай болсын? Жазып жіберіңіз: кемінде ${number(minimum)}, ең көбі ${characters(maximum)}.`,
  renamed: ({ name }) => fmt`Аватардың аты енді – ${bold(name)}.`,
  "delete.ask": ({ name, training, ...parts }) =>
    fmt`${bold(name)} аватары${withAll(parts)} жойылсын ба?${training ? " Оқыту тоқтатылады." : ""} Мұны қайтару мүмкін болмайды.`,
  deleted: ({ name, ...parts }) => fmt`${bold(name)} аватары${withAll(parts)} жойылды.`,
  "toast.main": ({ name }) => `Енді негізгі аватарыңыз – «${shorten(name, textLimits.nameInToast)}».`,

  help: ({ waiting, commands, support }) =>
    lines(
      "Фотосуреттеріңізбен аватар оқытамын: ол адамның немесе стильдің жаңа суреттерін жасайды.",
      "",
      ...commands.map(({ command, description }) => `/${command} – ${description}`),
      ...(support === undefined ? [] : ["", `Сұрағыңыз бар ма? ${support}`]),
      "",
      expected[waiting],
    ),
  hint,
  "toast.old-button": () => "Бұл түйме ескірген. Жаңарақ хабарды ашыңыз немесе /start жіберіңіз.",
  "toast.training-active": () => "Бұл аватар қазір оқытылып жатыр.",
  "toast.kind-unavailable": () => "Мұнда бұл түрдегі аватарлар енді оқытылмайды. Аватардың өзі сақталады.",
  trouble: () => "Біздің жақта бір нәрсе дұрыс болмады. Ештеңе жоғалған жоқ. Сәл кейінірек қайталап көріңіз.",
} satisfies Texts;
