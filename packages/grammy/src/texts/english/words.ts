import type { AvatarKind, AvatarStatus, Gender, Preset, Quote } from "@likeness/core";
import { grouped } from "../decimal.ts";
import { listed } from "../listed.ts";
import type { Payable, Unpaid } from "../payable.ts";
import { plural } from "../plural.ts";
import type { AvatarParts, PhotoCount, Remaining } from "../texts.ts";

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

export const photos = (count: number): string => `${count} ${plural("en", count, { one: "photo", other: "photos" })}`;

export const morePhotos = (count: number): string =>
  `${count} more ${plural("en", count, { one: "photo", other: "photos" })}`;

export const characters = (count: number): string =>
  `${count} ${plural("en", count, { one: "character", other: "characters" })}`;

export const avatars = (count: number): string =>
  `${count} ${plural("en", count, { one: "avatar", other: "avatars" })}`;

/** `one order`, `20 orders`. */
export const orders = (count: number): string => (count === 1 ? "one order" : `${grouped("en", count)} orders`);

export const pictures = (count: number): string =>
  `${count} ${plural("en", count, { one: "picture", other: "pictures" })}`;

/** What something costs, e.g. `4 credits`. The unit of a host is shown as it is. */
export const priced = ({ amount, unit }: Quote): string =>
  `${grouped("en", amount)} ${unit === "credits" ? plural("en", amount, { one: "credit", other: "credits" }) : unit}`;

/** What an order costs and what there is to pay with, as lines of a card. */
export const payable = ({ price, have, owed }: Payable): (string | undefined)[] => [
  price && `Price: ${priced(price)}`,
  price && have !== undefined ? `You have: ${grouped("en", have)}` : undefined,
  price && owed ? `Still owed: ${grouped("en", owed)}` : undefined,
];

/** Why nothing was ordered. */
export function unpaid({ price, have, owed, shop }: Unpaid): string {
  const more = shop ? " You can get more with /buy." : "";
  if (price && owed)
    return `After a refund, ${priced({ ...price, amount: owed })} ${owed === 1 ? "is" : "are"} still owed, so nothing was ordered. What you add next pays that first.${more}`;
  if (price && have !== undefined && have < price.amount)
    return `This costs ${priced(price)}, and you have ${grouped("en", have)}, so nothing was ordered.${more}`;
  return `You do not have enough credits for this, so nothing was ordered.${more}`;
}

/** How many photos were accepted, and how many there must be: `12 (10–20 needed)`. */
export const counted = ({ accepted, minimum, maximum }: PhotoCount): string =>
  `${accepted} (${range(minimum, maximum)} needed)`;

/** What goes with a deleted avatar: ` with its photos, models and pictures`. */
export function withAll(has: AvatarParts): string {
  const parts = (["photos", "models", "pictures"] as const).filter((part) => has[part]);
  return parts.length === 0 ? "" : ` with its ${listed(parts, "and")}`;
}

/** `10–20`, or `10` when nothing else is taken. */
export const range = (minimum: number, maximum: number): string =>
  minimum === maximum ? `${minimum}` : `${minimum}–${maximum}`;

export const duration = (minutes: number): string =>
  minutes < 1 ? "less than a minute" : `about ${Math.round(minutes)} min`;

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
