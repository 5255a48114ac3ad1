import type { AvatarKind, AvatarStatus, Gender, Preset, Quote } from "@likeness/core";
import type { Payable, Unpaid } from "../payable.ts";
import type { AvatarParts, PhotoCount, Remaining } from "../texts.ts";
import { countOf, listed, number, plural, range } from "./formats.ts";

export const kinds = { portrait: "portrait", style: "style" } as const satisfies Record<AvatarKind, string>;

const genders = {
  female: "female",
  male: "male",
  unspecified: "not specified",
} as const satisfies Record<Gender, string>;

/** The person's gender; for a style, of the people in its pictures. */
export const genderOf = (kind: AvatarKind, gender: Gender): string =>
  kind === "style" && gender === "unspecified" ? "any" : genders[gender];

export const presets = {
  fast: "fast",
  balanced: "balanced",
  quality: "best quality",
} as const satisfies Record<Preset, string>;

export const photos = (count: number): string => countOf(count, { one: "photo", other: "photos" });

export const morePhotos = (count: number): string =>
  `${number(count)} more ${plural(count, { one: "photo", other: "photos" })}`;

export const characters = (count: number): string => countOf(count, { one: "character", other: "characters" });

export const avatars = (count: number): string => countOf(count, { one: "avatar", other: "avatars" });

/** `one order`, `20 orders`. */
export const orders = (count: number): string => (count === 1 ? "one order" : `${number(count)} orders`);

export const pictures = (count: number): string => countOf(count, { one: "picture", other: "pictures" });

/** What something costs, e.g. `4 credits`. The unit of a host is shown as it is. */
export const priced = ({ amount, unit }: Quote): string =>
  `${number(amount)} ${unit === "credits" ? plural(amount, { one: "credit", other: "credits" }) : unit}`;

/** What an order costs and what there is to pay with, as lines of a card. */
export const payable = ({ price, have, owed }: Payable): (string | undefined)[] => [
  price && `Price: ${priced(price)}`,
  price && have !== undefined ? `You have: ${number(have)}` : undefined,
  price && owed ? `Still owed: ${number(owed)}` : undefined,
];

/** Why nothing was ordered. */
export function unpaid({ price, have, owed, shop }: Unpaid): string {
  const more = shop ? " You can get more with /buy." : "";
  if (price && owed)
    return `After a refund, ${priced({ ...price, amount: owed })} ${owed === 1 ? "is" : "are"} still owed, so nothing was ordered. What you add next pays that first.${more}`;
  if (price && have !== undefined && have < price.amount)
    return `This costs ${priced(price)}, and you have ${number(have)}, so nothing was ordered.${more}`;
  return `You do not have enough credits for this, so nothing was ordered.${more}`;
}

/** How many photos were accepted, and how many there must be: `12 (10–20 needed)`. */
export const counted = ({ accepted, minimum, maximum }: PhotoCount): string =>
  `${number(accepted)} (${range(minimum, maximum)} needed)`;

/** What goes with a deleted avatar: ` with its photos, models and pictures`. */
export function withAll(has: AvatarParts): string {
  const parts = (["photos", "models", "pictures"] as const).filter((part) => has[part]);
  return parts.length === 0 ? "" : ` with its ${listed(parts)}`;
}

export const duration = (minutes: number): string =>
  minutes < 1 ? "less than a minute" : `about ${number(Math.round(minutes))} min`;

export function remainingTime(remaining: Remaining): string | undefined {
  if (remaining === undefined) return undefined;
  return remaining === "overrun" ? "taking longer than usual" : `${duration(remaining)} left`;
}

export const statuses = {
  draft: "draft",
  training: "in training",
  failed: "training failed",
  ready: "ready",
} as const satisfies Record<AvatarStatus, string>;
