import type { AvatarKind, AvatarStatus, Gender, Preset, Quote } from "@likeness/core";
import type { Payable, Unpaid } from "../payable.ts";
import type { AvatarParts, PhotoCount, Remaining } from "../texts.ts";
import { countOf, listed, number, plural, range } from "./formats.ts";

export const kinds = { portrait: "портрет", style: "стиль" } as const satisfies Record<AvatarKind, string>;

const genders = {
  female: "женский",
  male: "мужской",
  unspecified: "не указан",
} as const satisfies Record<Gender, string>;

/** The person's gender; for a style, of the people in its pictures. */
export const genderOf = (kind: AvatarKind, gender: Gender): string =>
  kind === "style" && gender === "unspecified" ? "любой" : genders[gender];

export const presets = {
  fast: "быстро",
  balanced: "оптимально",
  quality: "максимальное качество",
} as const satisfies Record<Preset, string>;

export const statuses = {
  draft: "черновик",
  training: "обучается",
  failed: "обучение не удалось",
  ready: "готов",
} as const satisfies Record<AvatarStatus, string>;

/** Что? 3 фотографии. */
export const photos = (count: number): string =>
  countOf(count, { one: "фотография", few: "фотографии", many: "фотографий", other: "фотографии" });

/** Проверяю что? 21 фотографию. */
export const photosAccusative = (count: number): string =>
  countOf(count, { one: "фотографию", few: "фотографии", many: "фотографий", other: "фотографии" });

/** До скольких? До 20 фотографий. */
export const photosGenitive = (count: number): string =>
  countOf(count, { one: "фотографии", few: "фотографий", many: "фотографий", other: "фотографии" });

export const characters = (count: number): string =>
  countOf(count, { one: "символ", few: "символа", many: "символов", other: "символа" });

/** До скольких? До 50 символов. */
export const charactersGenitive = (count: number): string =>
  countOf(count, { one: "символа", few: "символов", many: "символов", other: "символа" });

export const avatars = (count: number): string =>
  countOf(count, { one: "аватар", few: "аватара", many: "аватаров", other: "аватара" });

/** До скольких? До 50 аватаров. */
export const avatarsGenitive = (count: number): string =>
  countOf(count, { one: "аватара", few: "аватаров", many: "аватаров", other: "аватара" });

/** Что? 3 изображения. Also accusative, which is the same for this word. */
export const pictures = (count: number): string =>
  countOf(count, { one: "изображение", few: "изображения", many: "изображений", other: "изображения" });

/** До скольких? До 5 заказов. */
export const ordersGenitive = (count: number): string =>
  countOf(count, { one: "заказа", few: "заказов", many: "заказов", other: "заказа" });

const credits = { one: "кредит", few: "кредита", many: "кредитов", other: "кредита" };

/** What something costs, e.g. `4 кредита`. The unit of a host is shown as it is. */
export const priced = ({ amount, unit }: Quote): string =>
  `${number(amount)} ${unit === "credits" ? plural(amount, credits) : unit}`;

/** What an order costs and what there is to pay with, as lines of a card. */
export const payable = ({ price, have, owed }: Payable): (string | undefined)[] => [
  price && `Цена: ${priced(price)}`,
  price && have !== undefined ? `У вас: ${number(have)}` : undefined,
  price && owed ? `Долг после возврата: ${number(owed)}` : undefined,
];

/** Why nothing was ordered. */
export function unpaid({ price, have, owed, shop }: Unpaid): string {
  const more = shop ? " Пополнить баланс: /buy." : "";
  if (price && owed)
    return `После возврата денег остался долг: ${priced({ ...price, amount: owed })}. Поэтому ничего не заказано. Следующее пополнение сначала погасит его.${more}`;
  if (price && have !== undefined && have < price.amount)
    return `Это стоит ${priced(price)}, а у вас ${number(have)}, поэтому ничего не заказано.${more}`;
  return `На это не хватает кредитов, поэтому ничего не заказано.${more}`;
}

/** The word alone, for a number that is written in its own way. */
export const pixels = (count: number): string =>
  plural(count, { one: "пиксель", few: "пикселя", many: "пикселей", other: "пикселя" });

/** How many photos were accepted, and how many there must be: `12 (нужно 10–20)`. */
export const counted = ({ accepted, minimum, maximum }: PhotoCount): string =>
  `${number(accepted)} (нужно ${range(minimum, maximum)})`;

const parts = { photos: "фотографиями", models: "моделями", pictures: "изображениями" } as const;

/** What goes with a deleted avatar: ` вместе с фотографиями, моделями и изображениями`. */
export function withAll(has: AvatarParts): string {
  const named = (["photos", "models", "pictures"] as const).filter((part) => has[part]).map((part) => parts[part]);
  return named.length === 0 ? "" : ` вместе с ${listed(named)}`;
}

export const duration = (minutes: number): string =>
  minutes < 1 ? "меньше минуты" : `около ${number(Math.round(minutes))} мин`;

export function remainingTime(remaining: Remaining): string | undefined {
  if (remaining === undefined) return undefined;
  return remaining === "overrun" ? "идёт дольше обычного" : `осталось ${duration(remaining)}`;
}
