import type { AvatarKind, AvatarStatus, Gender, Preset, Quote } from "@likeness/core";
import type { Payable, Unpaid } from "../payable.ts";
import type { AvatarParts, PhotoCount, Remaining } from "../texts.ts";
import { listed, number, range } from "./formats.ts";

export const kinds = { portrait: "портрет", style: "стиль" } as const satisfies Record<AvatarKind, string>;

const genders = {
  female: "әйел",
  male: "ер",
  unspecified: "көрсетілмеген",
} as const satisfies Record<Gender, string>;

/** The person's gender; for a style, of the people in its pictures. */
export const genderOf = (kind: AvatarKind, gender: Gender): string =>
  kind === "style" && gender === "unspecified" ? "кез келген" : genders[gender];

export const presets = {
  fast: "жылдам",
  balanced: "теңгерілген",
  quality: "ең жоғары сапа",
} as const satisfies Record<Preset, string>;

export const statuses = {
  draft: "аяқталмаған",
  training: "оқытылып жатыр",
  failed: "оқыту сәтсіз аяқталды",
  ready: "дайын",
} as const satisfies Record<AvatarStatus, string>;

/** A noun stays singular after a number, so there is one form of each: `5 фотосурет`. */
export const photos = (count: number): string => `${number(count)} фотосурет`;
export const characters = (count: number): string => `${number(count)} таңба`;
export const avatars = (count: number): string => `${number(count)} аватар`;
export const pictures = (count: number): string => `${number(count)} сурет`;
export const orders = (count: number): string => `${number(count)} тапсырыс`;
export const stars = (count: number): string => `${number(count)} жұлдыз`;

/** What something costs, e.g. `4 кредит`. The unit of a host is shown as it is. */
export const priced = ({ amount, unit }: Quote): string => `${number(amount)} ${unit === "credits" ? "кредит" : unit}`;

/** What an order costs and what there is to pay with, as lines of a card. */
export const payable = ({ price, have, owed }: Payable): (string | undefined)[] => [
  price && `Бағасы: ${priced(price)}`,
  price && have !== undefined ? `Сізде бар: ${number(have)}` : undefined,
  price && owed ? `Қайтарымнан кейінгі қарыз: ${number(owed)}` : undefined,
];

/** Why nothing was ordered. */
export function unpaid({ price, have, owed, shop }: Unpaid): string {
  const more = shop ? " Толықтыру: /buy." : "";
  if (price && owed)
    return `Қайтарымнан кейін қарыз қалды: ${priced({ ...price, amount: owed })}. Сондықтан тапсырыс берілмеді. Келесі толықтыру алдымен соны өтейді.${more}`;
  if (price && have !== undefined && have < price.amount)
    return `Мұның бағасы – ${priced(price)}, ал сізде ${number(have)} бар, сондықтан тапсырыс берілмеді.${more}`;
  return `Бұған кредит жетпейді, сондықтан тапсырыс берілмеді.${more}`;
}

/** How many photos were accepted, and how many there must be: `12 (10–20 керек)`. */
export const counted = ({ accepted, minimum, maximum }: PhotoCount): string =>
  `${number(accepted)} (${range(minimum, maximum)} керек)`;

const parts = { photos: "фотосуреттерімен", models: "модельдерімен", pictures: "суреттерімен" } as const;

/** What goes with a deleted avatar: ` фотосуреттерімен және модельдерімен бірге`. */
export function withAll(has: AvatarParts): string {
  const named = (["photos", "models", "pictures"] as const).filter((part) => has[part]).map((part) => parts[part]);
  return named.length === 0 ? "" : ` ${listed(named)} бірге`;
}

export const duration = (minutes: number): string =>
  minutes < 1 ? "бір минуттан аз" : `шамамен ${number(Math.round(minutes))} мин`;

export function remainingTime(remaining: Remaining): string | undefined {
  if (remaining === undefined) return undefined;
  return remaining === "overrun" ? "әдеттегіден ұзағырақ" : `${duration(remaining)} қалды`;
}
