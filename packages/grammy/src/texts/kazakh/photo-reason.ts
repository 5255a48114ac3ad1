import type { PhotoRejection } from "@likeness/core";
import { megabytes, megapixels, roundDown, roundUp } from "../decimal.ts";
import { shorten } from "../shorten.ts";
import { photos } from "./words.ts";
import { number } from "./formats.ts";

/** Why a photo was not taken, and what to do about it. */
export function photoReason(rejection: PhotoRejection): string {
  switch (rejection.code) {
    case "empty":
      return "Файл бос. Қайта жіберіңіз.";
    case "not-an-image":
      return "Бұл сурет емес. JPEG, PNG немесе WebP жіберіңіз.";
    case "unsupported-format":
      return unsupported(rejection.format);
    case "truncated":
      return "Файл бүлінген: бір бөлігі жоқ. Қайта жіберіңіз.";
    case "file-too-large":
      return `Файлдың өлшемі ${number(roundUp(megabytes(rejection.bytes)))} МБ, ал ең көбі – ${number(roundDown(megabytes(rejection.maximum)))} МБ. Файлмен емес, фотосурет ретінде жіберіңіз.`;
    case "too-many-pixels":
      return `Суретте ${number(roundUp(megapixels(rejection.pixels)))} мегапиксель бар, ал ең көбі – ${number(roundDown(megapixels(rejection.maximum)))}. Файлмен емес, фотосурет ретінде жіберіңіз.`;
    case "too-small":
      return `Тым кішкентай: қысқа қабырғасы ${number(rejection.side)} пиксель, ал кемінде ${number(rejection.minimum)} керек. Түпнұсқасын, мүмкін болса файлмен жіберіңіз.`;
    case "extreme-ratio":
      return `Тым жіңішке: бір қабырғасы екіншісінен ${number(roundUp(rejection.ratio))} есе ұзын, ал ең көбі – ${number(roundDown(rejection.maximum))} есе. Қиып алыңыз немесе басқасын жіберіңіз.`;
    case "too-dark":
      return "Тым қараңғы. Күндіз немесе шамды жағып түсіріңіз.";
    case "too-bright":
      return "Тым жарық. Күн тік түспейтін жерде, жарқылсыз түсіріңіз.";
    case "low-contrast":
      return "Контраст тым төмен. Бөлшектері анығырақ көрінетін сурет жіберіңіз.";
    case "too-blurry":
      return "Сурет бұлыңғыр. Камераны қозғалтпай ұстаңыз немесе анығырақ сурет жіберіңіз.";
    case "duplicate":
      return "Мұндай сурет бұрын жіберілген. Басқасын жіберіңіз.";
    case "near-duplicate":
      return "Осыған өте ұқсас сурет бұрын жіберілген. Басқа қырынан немесе басқа жерде түскенін жіберіңіз.";
    case "limit-reached":
      return `Ең көбі ${photos(rejection.maximum)} болады. Соңғысын ауыстыру үшін жойыңыз.`;
    case "unavailable":
      return "Оны Telegram-нан жүктеу мүмкін болмады. Қайта жіберіңіз.";
  }
}

function unsupported(format: string): string {
  if (format === "heif" || format === "heic")
    return "iPhone суреттерінің HEIC пішімі қолдау таппайды. Файлмен емес, фотосурет ретінде жіберіңіз немесе алдымен JPEG етіп сақтаңыз.";
  if (format.startsWith("hdr-"))
    return "HDR суреттері қолдау таппайды. HDR-сіз, мысалы JPEG етіп сақтап, қайта жіберіңіз.";
  if (format.startsWith("animated-")) return "Бұл – қозғалмалы сурет. Қозғалмайтын сурет жіберіңіз.";
  return `${shorten(format.toUpperCase(), 20)} файлдары қолдау таппайды. JPEG, PNG немесе WebP жіберіңіз.`;
}
