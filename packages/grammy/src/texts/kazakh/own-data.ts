import { fmt, FormattedString } from "@grammyjs/parse-mode";
import type { ErasureReach } from "@likeness/core";
import { capitalised } from "../capitalised.ts";
import { lines } from "../lines.ts";
import type { OwnDataTexts } from "../own-data-texts.ts";
import { pictures as countOfPictures } from "./words.ts";
import { day, number, timeUntil } from "./formats.ts";

const { bold } = FormattedString;

const here =
  "Мұнда барлық аватар фотосуреттерімен және модельдерімен, барлық сурет, баптауларыңыз бен келісіміңіз жойылады. Оқытылып немесе салынып жатқаны тоқтатылады.";

/** What is deleted, and what the training service does not delete. */
const eraseAsked = {
  all: {
    here: "Мұнда да, оқыту сервисінде де барлық аватар фотосуреттерімен және модельдерімен, барлық сурет, баптауларыңыз бен келісіміңіз жойылады. Оқытылып немесе салынып жатқаны тоқтатылады.",
    atService: undefined,
  },
  part: {
    here,
    atService: "Оқыту сервисі сіз туралы өзіндегінің бәрін жоймайды. Онда не қалатыны түбіртекте көрсетіледі.",
  },
  none: {
    here,
    atService: "Оқыту сервисінде ештеңе жоя алмаймын: оқытылған модель сонда қалады, ол түбіртекте көрсетіледі.",
  },
} as const satisfies Record<ErasureReach, object>;

const erasedAt = {
  all: "Файлдар бірнеше минут ішінде жойылады. Оқыту сервисінен де өз бөлігін жоюды сұраймын: нені жоя алмағаны түбіртекте жазылады.",
  part: "Файлдар бірнеше минут ішінде жойылады. Оқыту сервисінен де өз бөлігін жоюды сұраймын, бірақ ол бәрін жоймайды: онда не қалатыны түбіртекте көрсетіледі.",
  none: "Файлдар бірнеше минут ішінде жойылады. Оқытылған модель оқыту сервисінде қалады, оны ол жерде жоя алмаймын. Ол түбіртекте көрсетілген.",
} as const satisfies Record<ErasureReach, string>;

export const kazakhOwnData = {
  "export.caption": ({ part, of }) =>
    of === 1
      ? "Сіз туралы сақтағанымның бәрі. Архивті компьютерде ашыңыз."
      : `Сіз туралы сақтағанымның бәрі: ${number(of)} бөліктің ${number(part)}-бөлігі.`,
  "export.too-large": ({ megabytes, support }) =>
    `Деректеріңіз ${number(megabytes)} МБ, мұнда сонша жібере алмаймын. ${
      support === undefined ? "Керек емесін жойып, қайталап көріңіз" : `Мына жерге жазыңыз, басқаша аласыз: ${support}`
    }.`,
  "export.failed": () => "Деректеріңізді қазір жинай алмадым. Кейінірек қайталап көріңіз: /privacy",
  "toast.export": () => "Деректеріңізді жинап жатырмын. Олар бір минуттан кейін файл болып келеді.",
  "toast.export-again": ({ seconds }) =>
    `Деректеріңізді жақында ғана сұрадыңыз. ${capitalised(timeUntil(seconds))} қайта сұрай аласыз.`,

  "erase.ask": ({ credits, atService }) =>
    lines(
      bold("Бәрі жойылсын ба?"),
      eraseAsked[atService].here,
      eraseAsked[atService].atService,
      credits ? "Жұмсалмаған кредиттер жоғалады, ал қарызыңыз болса, ол да жойылады." : undefined,
      "",
      "Мұны қайтару мүмкін болмайды. Алдымен деректерді жүктеп алуға болады: /privacy",
    ),
  erased: ({ photos, pictures, receiptId, atService, support }) =>
    lines(
      "Бәрі жойылды.",
      photos + pictures > 0
        ? `Жойылғаны: ${number(photos)} фотосурет, ${countOfPictures(pictures)} және олардан жасалғанның бәрі.`
        : undefined,
      erasedAt[atService],
      "",
      `Түбіртегіңіз: ${receiptId}`,
      support === undefined ? undefined : `Ол бойынша не істелгенін сұрауға болады: ${support}`,
      "",
      "Енді сіз туралы ештеңе есімде жоқ. Бұл чатты Telegram-да тазалауға болады. Сау болыңыз!",
    ),
  leaving: ({ name, at }) =>
    fmt`Көптен бері хабарласпадық, сондықтан ${bold(name)} аватарын және қалғанның бәрін жоямын. Жойылатын күні: ${day(at)}. Сақтағыңыз келсе, /start жіберсеңіз болғаны.`,

  "button.export": () => "Деректерімді жүктеп алу",
  "button.erase": () => "Бәрін жою",
  "button.erase-yes": () => "Иә, бәрін жою",
  "button.keep-everything": () => "Жоқ, қалдыру",
} satisfies OwnDataTexts;
