import { fmt, FormattedString } from "@grammyjs/parse-mode";
import { lines } from "../lines.ts";
import type { About, PeopleTexts } from "../people-texts.ts";
import { pictures as countOfPictures } from "./words.ts";
import { day, number } from "./formats.ts";

const { bold, link } = FormattedString;

const chosenMark = (chosen: boolean): string => (chosen ? "✓ " : "");

/** Whole years as years. */
const span = (days: number): string => (days % 365 === 0 ? `${number(days / 365)} жыл` : `${number(days)} күн`);

const kept = ({ photoDays, ownerDays }: About): string =>
  [
    photoDays === undefined ? "өзіңіз жойғанша" : `фотосуреттер – аватар дайын болғаннан кейін ${span(photoDays)}`,
    ownerDays === undefined ? undefined : `бәрі – соңғы рет келгеніңізден кейін ең көбі ${span(ownerDays)}`,
  ]
    .filter((part) => part !== undefined)
    .join("; ");

const facts = (about: About) => [
  fmt`${bold("Не үшін")}: аватарыңызды оқыту және сіз сұраған суреттерді жасау үшін. Басқа ештеңеге емес.`,
  fmt`${bold("Кім алады")}: осы бот және аватарды оқытып, сурет салатын ${about.service ?? "оқыту сервисі"}. Telegram да бұл чаттың өз көшірмесін сақтайды.`,
  fmt`${bold("Қанша сақталады")}: ${kept(about)}.`,
  fmt`${bold("Қалай жоюға болады")}: бір аватарды – /avatars, қалғанын – /privacy.`,
];

const policy = ({ privacyUrl }: About) =>
  privacyUrl === undefined ? [] : ["", fmt`${link("Құпиялылық саясаты", privacyUrl)}`];

export const kazakhPeople = {
  "command.help": () => "Не істей аламын және қазір не күтемін",
  "command.privacy": () => "Деректеріңіз және келісіміңіз",
  "command.terms": () => "Пайдалану шарттары",
  "command.settings": () => "Тіл, суреттер және хабарлар",

  "consent.ask": ({ about, statements, because, refused }) =>
    lines(
      bold(refused ? "Бұл фотосуреттерді әлі алған жоқпын" : "Фотосурет жіберуден бұрын"),
      refused
        ? "Алдымен растаңыз, содан кейін оларды қайта жіберіңіз."
        : because === "outdated"
          ? "Сіз келіскен мәтін өзгерді, сондықтан қайта сұраймын."
          : "Олармен не болатынын біліңіз:",
      "",
      ...facts(about),
      ...policy(about),
      "",
      statements.length > 1 ? "Әр тармақты белгілеп, жалғастырыңыз:" : "Тармақты белгілеп, жалғастырыңыз:",
      ...statements.map((statement) => `• ${statement}`),
    ),
  "consent.given": ({ statements, at }) =>
    lines(
      "Рахмет! Сіз мынаны растадыңыз:",
      ...statements.map((statement) => `✓ ${statement}`),
      "",
      `Берілген күні: ${day(at)}`,
      "Келісімді кез келген уақытта қайтарып алуға болады: /privacy",
    ),
  "toast.tick-all": ({ left }) =>
    left === 1
      ? "Алдымен соңғы тармақты белгілеңіз."
      : "Алдымен барлық тармақты белгілеңіз: олар осы түйменің үстінде.",
  "toast.new-wording": () => "Мәтін осы арада өзгерді. Тағы бір рет қарап шығыңыз.",

  privacy: ({ about, consent }) =>
    lines(
      bold("Деректеріңіз"),
      fmt`${bold("Не сақталады")}: фотосуреттеріңіз, аватарларыңыз, суреттеріңіз, оларға жазған мәтініңіз, баптауларыңыз, төлем жасасаңыз, төлемдеріңіз және Telegram ID-іңіз.`,
      ...facts(about),
      ...(consent.type === "elsewhere" ? [] : ["", bold("Келісіміңіз")]),
      ...(consent.type === "given"
        ? [...consent.statements.map((statement) => `✓ ${statement}`), `Берілген күні: ${day(consent.at)}`]
        : []),
      consent.type === "missing"
        ? consent.withdrawn
          ? "Сіз оны қайтарып алдыңыз. Қайта келіскенше фотосурет алмаймын."
          : "Әлі сұраған жоқпын: бірінші фотосуреттен бұрын сұраймын."
        : undefined,
      ...(consent.type === "outdated"
        ? [
            "Сіз мәтіннің бұрынғы нұсқасымен келіскенсіз. Келесі фотосуреттің алдында қайта сұраймын.",
            `Берілген күні: ${day(consent.at)}`,
          ]
        : []),
      ...policy(about),
    ),
  "withdraw.ask": ({ erasable }) =>
    lines(
      bold("Келісімді қайтарып аласыз ба?"),
      "Оқытуды да, сурет салуды да тоқтатамын және бұдан былай фотосурет алмаймын.",
      "",
      erasable
        ? "Аватарлар мен суреттерді қалдыруға немесе бәрін жоюға болады."
        : "Аватарлар мен суреттер қалады. Әрқайсысын /avatars ішінде жоюға болады.",
    ),
  "withdraw.done": ({ cancelled, left }) =>
    lines(
      "Келісім қайтарып алынды. Енді фотосурет алмаймын және ештеңе оқытпаймын.",
      cancelled > 0 ? `Тоқтатылды: ${number(cancelled)}.` : undefined,
      left > 0 ? "Бір тапсырыс дәл қазір жіберіліп немесе аяқталып жатыр. Мүмкін болған бойда тоқтатамын." : undefined,
      "Аватарларыңыз бен суреттеріңіз орнында. Ойыңыз өзгерсе, жаңа аватар бастаңыз.",
    ),
  terms: ({ about: { termsUrl, support } }) =>
    lines(
      termsUrl === undefined ? "Пайдалану шарттары жоқ." : fmt`${link("Пайдалану шарттары", termsUrl)}`,
      support === undefined ? undefined : `Сұрағыңыз бар ма? ${support}`,
    ),
  settings: ({ language, followed, pictures, progress }) =>
    lines(
      bold("Баптаулар"),
      `Тіл: ${language}${followed ? ", Telegram-дағыдай" : ""}`,
      pictures === undefined ? undefined : `Бір жолғы сурет саны: ${number(pictures)}`,
      progress ? "Аватар оқытылғанда: барысын көрсетемін" : "Аватар оқытылғанда: тек аяқталғанда жазамын",
    ),

  "button.agree": () => "Жалғастыру",
  "button.privacy": () => "Менің деректерім",
  "button.policy": () => "Құпиялылық саясаты",
  "button.withdraw": () => "Келісімді қайтарып алу",
  "button.withdraw-keep": () => "Тек келісімді қайтарып алу",
  "button.keep-consent": () => "Артқа",
  "button.follow-telegram": ({ chosen }) => `${chosenMark(chosen)}Telegram-дағыдай`,
  "button.pictures": ({ count, chosen }) => `${chosenMark(chosen)}${countOfPictures(count)}`,
  "button.show-progress": ({ chosen }) => `${chosenMark(chosen)}Барысы`,
  "button.only-result": ({ chosen }) => `${chosenMark(chosen)}Тек нәтижесі`,
} satisfies PeopleTexts;
