import { fmt } from "@grammyjs/parse-mode";
import type { AvatarStatus, FailureReason } from "@likeness/core";
import { boldName } from "../bold-name.ts";
import { lines } from "../lines.ts";
import type { Missing, PictureTexts, Repeat, Shown, WordsProblem } from "../picture-texts.ts";
import { shorten } from "../shorten.ts";
import { textLimits } from "../text-limits.ts";
import { payable, pictures, priced, unpaid } from "./words.ts";
import { number } from "./formats.ts";

const madeWithAi = "ЖИ көмегімен жасалған";

const previousDraws = "Ол қайта оқытылып жатыр. Аяқталғанша алдыңғы модель сурет салады.";

const shownAs = (shown: Shown, limit: number): string =>
  "words" in shown ? `Сіздің сөзіңіз: ${shorten(shown.words, limit)}` : `Көрініс: ${shorten(shown.scene, limit)}`;

/** One sentence about the pictures that are missing; `undefined` when none is. */
function missing({ blocked, failed, priced: isPriced }: Missing): string | undefined {
  const free = isPriced ? ", олар үшін ештеңе алынбайды" : "";
  const freeOne = isPriced ? ", ол үшін ештеңе алынбайды" : "";
  if (blocked > 0 && failed > 0)
    return `Қауіпсіздік сүзгісі ${pictures(blocked)} өткізбеді, тағы ${number(failed)} салынбай қалды${free}.`;
  if (blocked > 0) return `Қауіпсіздік сүзгісі ${pictures(blocked)} өткізбеді${blocked === 1 ? freeOne : free}.`;
  if (failed > 0) return `${pictures(failed)} салынбай қалды${failed === 1 ? freeOne : free}.`;
  return undefined;
}

/** Why no picture came, after a colon. */
const because = {
  rejected: "сурет салу сервисі сұрауды қабылдамады",
  submit_unknown: "сурет салу сервисі сұрауды растамады",
  provider_unavailable: "сурет салу сервисі тым ұзақ қолжетімсіз болды",
  provider_error: "сурет салу сервисі қатемен тоқтады",
  provider_timeout: "тым ұзаққа созылды",
  result_lost: "нәтижесін алу мүмкін болмады",
  photos_missing: "керекті файл қоймада табылмады",
  content_blocked: "қауіпсіздік сүзгісі рұқсат бермейді",
  input_gone: "сурет салу сервисі аватардың моделін оқи алмады",
} as const satisfies Record<FailureReason, string>;

function whyNone({ blocked, failed, reason }: Missing & { readonly reason?: FailureReason | undefined }): string {
  if (failed === 0) return blocked > 1 ? "қауіпсіздік сүзгісі бәрін өткізбеді" : "қауіпсіздік сүзгісі өткізбеді";
  if (blocked > 0) return "кейбірін қауіпсіздік сүзгісі өткізбеді, қалғаны салынбай қалды";
  return reason === undefined ? "салу кезінде бір нәрсе дұрыс болмады" : because[reason];
}

const noModel = {
  draft: "Бұл аватар әлі оқытылмаған. Оқытылған соң онымен сурет салуға болады.",
  training: "Бұл аватар әлі оқытылып жатыр. Дайын болғанда жазамын.",
  failed: "Бұл аватарды оқыту сәтсіз аяқталды. Қайта оқытсаңыз, сурет салуға болады.",
  ready: "Бұл аватардың қазір моделі жоқ. Қайта оқытып көріңіз.",
} as const satisfies Record<AvatarStatus, string>;

const repeats = {
  again: "Осындай тағы бір суреттің бағасы",
  variation: "Осы суреттің басқа нұсқасының бағасы",
  larger: "Бұл суретті үлкейтудің бағасы",
  set: "Мұны қайта салудың бағасы",
} as const satisfies Record<Repeat, string>;

function invalidWords(problem: WordsProblem): string {
  switch (problem.reason) {
    case "empty":
      return "Бұл хабарда салатын ештеңе жоқ. Суретті сөзбен сипаттаңыз.";
    case "no-letters":
      return "Тек эмодзи мен таңбалар жеткіліксіз. Суретті сөзбен сипаттаңыз.";
    case "too-long":
      return `Мұнда ${number(problem.length)} таңба бар, ал ең көбі – ${number(problem.limit)}. Қысқартып, қайта жіберіңіз.`;
  }
}

export const kazakhPictures = {
  "command.images": () => "Сурет жасау, галереяны көру",

  "images.none": ({ avatars }) =>
    avatars === 0
      ? "Сурет салу үшін аватар керек, ал сізде ол әлі жоқ. Алдымен аватар жасаңыз: оған бірнеше фотосурет жеткілікті."
      : "Аватарларыңыздың ешқайсысы әлі дайын емес. Біреуі дайын болғанда, онымен сурет жасай аласыз.",
  "images.whose": () => "Қай аватармен сурет салайын?",
  "scenes.prompt": ({ name, page, pages, previous }) =>
    lines(
      fmt`${boldName(name)} аватарымен суреттер`,
      "Көріністі таңдаңыз немесе өз сөзіңізбен сипаттаңыз.",
      pages > 1 ? `Бет: ${number(page)} / ${number(pages)}` : undefined,
      ...(previous ? ["", previousDraws] : []),
    ),
  "words.prompt": ({ name, maximum }) =>
    lines(
      fmt`${boldName(name)} аватарымен суретте не көрінсін?`,
      `Бір хабармен сипаттаңыз, ең көбі ${number(maximum)} таңба. Мысалы: қызыл велосипедте, себелеген жаңбырда, кешке.`,
    ),
  "words.invalid": invalidWords,
  "words.refused": () => "Мұнда бұл сөздермен сурет салуға болмайды. Басқаша сипаттап көріңіз.",
  "order.prompt": ({ name, shown, ratio, count, previous, ...cost }) =>
    lines(
      fmt`${boldName(name)} аватарымен суреттер`,
      shownAs(shown, textLimits.words),
      "note" in shown && shown.note ? shorten(shown.note, textLimits.words) : undefined,
      `Пішіні: ${ratio}`,
      `Саны: ${number(count)}`,
      ...payable(cost),
      ...(previous ? ["", previousDraws] : []),
    ),
  "scene.gone": () => "Бұл көрініс енді ұсынылмайды. Басқасын таңдаңыз.",
  "credits.pictures": unpaid,
  "repeat.ask": ({ what, price, have }) =>
    `${repeats[what]}: ${priced(price)}.${have === undefined ? "" : ` Сізде ${number(have)} бар.`} Салайын ба?`,

  drawing: ({ name, ready, count }) => {
    const drawn = boldName(name);
    return count === 1
      ? fmt`${drawn} аватарымен сурет салынып жатыр…`
      : fmt`${drawn} аватарымен ${pictures(count)} салынып жатыр… Дайыны: ${number(ready)} / ${number(count)}.`;
  },
  "drawing.cancelled": ({ name }) => fmt`Бас тартылды. ${boldName(name)} аватарымен сурет салынбайды.`,

  "pictures.done": ({ name, pictures: count, ...others }) =>
    lines(fmt`${boldName(name)} аватарымен ${pictures(count)}. Суретті ашу үшін нөмірін басыңыз.`, missing(others)),
  "pictures.failed": ({ name, ...others }) =>
    fmt`${boldName(name)} аватарымен бұл жолы сурет шықпады: ${whyNone(others)}.`,
  "first-look": ({ name }) => fmt`${boldName(name)} аватарының алғашқы суреттері.`,
  "picture.caption": ({ place, ...others }) =>
    [place === undefined ? madeWithAi : `${number(place)} · ${madeWithAi}`, missing(others)]
      .filter((line) => line !== undefined)
      .join("\n"),
  "picture.card": ({ name, shown }) =>
    lines(boldName(name, textLimits.nameOverWords), shown && shownAs(shown, textLimits.wordsInCaption), madeWithAi),
  "picture.delete": () => `Бұл суретті жоясыз ба? Оны қайтару мүмкін болмайды.\n${madeWithAi}`,
  "gallery.empty": ({ name }) =>
    name === undefined ? "Сізде әлі сурет жоқ." : fmt`${boldName(name)} аватарымен әлі сурет жоқ.`,
  "cancel.words": () => "Жарайды. Ештеңе салмаймын.",

  "toast.no-model": ({ status }) => noModel[status],
  "toast.model-elsewhere": () =>
    "Бұл аватар басқа сервисте оқытылған. Қайта оқытсаңыз, онымен тағы сурет салуға болады.",
  "toast.too-large": () => "Бұл суретті одан әрі үлкейту мүмкін емес.",
  "toast.no-favourites": () => "Таңдаулылар әлі жоқ. Қосу үшін суреттің астындағы ♡ белгісін басыңыз.",
  "toast.still-coming": () => "Бір бөлігі салынып жатыр, ол бәрібір келеді.",
  "toast.cannot-cancel": () => "Дәл қазір бас тарту мүмкін емес. Сәл кейінірек қайталап көріңіз.",
  "toast.busy": () => "Telegram сәл күтуді сұрап тұр. Біраздан кейін қайта басыңыз.",

  "button.make-pictures": () => "Сурет жасау",
  "button.gallery": () => "Галерея",
  "button.own-words": () => "Өз сөзіммен",
  "button.all-scenes": () => "Барлық көрініс",
  "button.count": ({ count, chosen }) => `${chosen ? "✓ " : ""}${pictures(count)}`,
  "button.draw": () => "Сурет салу",
  "button.other-scene": () => "Басқа көрініс",
  "button.cancel-drawing": () => "Бас тарту",
  "button.try-again": () => "Қайталау",
  "button.again": () => "Тағы",
  "button.variation": () => "Басқа нұсқа",
  "button.larger": () => "Үлкейту",
  "button.original": () => "Түпнұсқа",
  "button.show-prompt": () => "Сипаттамасын көрсету",
  "button.hide-prompt": () => "Сипаттамасын жасыру",
  "button.favourites": () => "Тек таңдаулылар",
  "button.all-pictures": () => "Барлық сурет",
  "button.delete-picture": () => "Суретті жою",
  "button.keep-picture": () => "Қалдыру",
  "button.draw-it": () => "Иә, салу",
  "button.not-now": () => "Қазір емес",
} satisfies PictureTexts;
