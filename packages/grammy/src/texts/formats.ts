import type { Timestamp } from "@likeness/core";
import { plural as pluralIn, type PluralForms } from "./plural.ts";

/**
 * How one language writes numbers, shares, lists, days and times: by CLDR, so that no catalog does it by itself. Each
 * format is made when it is first used, because to make those of all languages takes a twentieth of the bot's start.
 */
export function formatsOf(locale: string) {
  const numbers = lazily(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
  const percents = lazily(() => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }));
  const lists = lazily(() => new Intl.ListFormat(locale));
  const until = lazily(() => new Intl.RelativeTimeFormat(locale));
  const days = lazily(() => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }));
  const shortDays = lazily(
    () => new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
  );
  const number = (value: number): string => numbers().format(value);
  const plural = (count: number, forms: PluralForms): string => pluralIn(locale, count, forms);
  return {
    /** `1,234.5`, with one decimal at most. */
    number,
    /** `10–20`, or `10` when nothing else is meant. */
    range: (least: number, most: number): string =>
      least === most ? number(least) : numbers().formatRange(least, most),
    /** `45%`, of a share of a hundred. */
    percent: (share: number): string => percents().format(share / 100),
    /** The form that goes with a number. */
    plural,
    /** `1,000 photos`: a number with the form that goes with it. */
    countOf: (count: number, forms: PluralForms): string => `${number(count)} ${plural(count, forms)}`,
    /** `photos, models and pictures` */
    listed: (words: readonly string[]): string => lists().format(words),
    /** `30 November 2026`, in UTC. */
    day: (at: Timestamp): string => days().format(new Date(at)),
    /** `30 Nov 2026`, in UTC. */
    shortDay: (at: Timestamp): string => shortDays().format(new Date(at)),
    /** When something happens that is so many seconds away: `in 3 hours`. Never says too early. */
    timeUntil: (seconds: number): string => {
      const minutes = Math.max(1, Math.ceil(seconds / 60));
      return minutes < 60 ? until().format(minutes, "minute") : until().format(Math.ceil(minutes / 60), "hour");
    },
  };
}

function lazily<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}
